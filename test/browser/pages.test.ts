import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reportPage } from '../../src/cli/reportPage.js'
import { mermaid } from '../../src/diagram/mermaid.js'
import { timeline } from '../../src/diagram/timeline.js'
import { correlator, ledger, type Directory } from '../../src/index.js'
import { openBrowser, scriptOf, type Page } from './Browser.js'
import { inBrowser } from './inBrowser.js'

/** A page is drawn a moment after what was done to it. */
const WITHIN = { timeout: 5_000 }

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const directory: Directory = JSON.parse(read('examples/directory.json'))
const day = read('examples/events/day.ndjson').trim().split('\n')
const scratch = mkdtempSync(join(tmpdir(), 'call-legs-pages-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const HOSTILE = '</script><script>document.title="broken"</script><img src=x onerror="document.title=\'broken\'">'

/** A report of these lines, as a file. */
const reportOf = (name: string, lines: ReadonlyArray<string>): string => {
  const calls = correlator({ directory })
  const state = lines.reduce((before, line) => calls.ingest(before, line)[0], calls.initial)
  const { records } = ledger({ directory })(lines)
  const file = join(scratch, `${name}.html`)
  writeFileSync(file, reportPage({ title: 'A day', zone: 'Europe/Moscow', config: { directory }, records, began: [], state: calls.encode(state), rejected: 0 }, read('dist/report.js')).join(''))
  return pathToFileURL(file).href
}

const hostileDay = [
  ...day,
  ...['dial-in&EventTime=1780500000000000', 'answer&EventTime=1780500004000000', 'hangup&EventTime=1780500010000000&CallStatus=ANSWER'].map(
    (event) => `EventType=${event}&CallID=aaaa&SubCallID=85101-aaaa&CallFlow=in&CalledNumber=453*101&CallerIDNum=%2B79160000099&CallerIDName=${encodeURIComponent(HOSTILE.slice(0, 120))}`
  )
]

inBrowser('the pages in a browser', () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(async () => browser.close())

  /** A page, and what went wrong on it. */
  const open = async (url: string, width = 1280, colorScheme: 'light' | 'dark' = 'light'): Promise<readonly [Page, ReadonlyArray<string>]> => {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } })
    const wrong: Array<string> = []
    page.on('console', (message) => {
      if (message.type?.() !== 'log') wrong.push(message.text?.() ?? '')
    })
    page.on('pageerror', ({ message }) => void wrong.push(message ?? ''))
    await page.goto(url)
    await page.waitForSelector('h1')
    return [page, wrong]
  }

  const report = reportOf('hostile', hostileDay)
  const playground = pathToFileURL(join(root, 'docs/playground/index.html')).href
  const opener = 'table button[aria-expanded]'

  /** What axe objects to. */
  const violations = async (page: Page): Promise<ReadonlyArray<string>> => {
    await page.evaluate(`${scriptOf('axe-core/axe.min.js')}; 0`)
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: ReadonlyArray<{ id: string; nodes: ReadonlyArray<{ html: string }> }> }> } }
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
    }, undefined)
  }

  for (const [name, url] of [['the report', report], ['the playground', playground]] as const) {
    for (const [width, theme] of [[1280, 'light'], [390, 'dark'], [390, 'light'], [1280, 'dark']] as const) {
      test(`${name} is accessible and silent, ${theme}, ${width} pixels, with a call open`, async () => {
        const [page, wrong] = await open(url, width, theme)
        await page.locator(opener).first().click()
        await page.waitForSelector('.detail svg')
        expect(await violations(page)).toEqual([])
        expect(wrong).toEqual([])
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth, undefined)
        expect(sideways).toBeLessThanOrEqual(0)
        await page.close()
      })
    }
  }

  test('the report: search, kind and order', async () => {
    const [page] = await open(report)
    const rows = () => page.locator('[aria-label=records] tbody tr').count()
    await expect.poll(() => rows(), WITHIN).toBe(88)
    await page.locator('select').selectOption('missed')
    await expect.poll(() => page.locator('[role=status]').textContent(), WITHIN).toBe('14 of 88 records')
    await page.locator('input[type=search]').fill('887')
    const began = () => page.locator(opener).allTextContents()
    await expect.poll(async () => (await began()).length, WITHIN).toBeLessThan(14)
    const up = await began()
    expect(up.length).toBeGreaterThan(1)
    expect(up).toEqual([...up].sort())
    await page.locator('th button').first().click()
    await expect.poll(() => began(), WITHIN).toEqual([...up].reverse())
    await page.close()
  })

  test('the report: who is to be called back leads to the records', async () => {
    const [page] = await open(report)
    const number = await page.locator('[aria-label="to call back"] button').first().textContent()
    await page.locator('[aria-label="to call back"] button').first().click()
    await expect.poll(() => page.locator('input[type=search]').inputValue(), WITHIN).toBe(number)
    await page.close()
  })

  test('the report by keyboard alone: search, open a call, close it again, and the focus stays there', async () => {
    const [page] = await open(report)
    const focused = () => page.evaluate(() => {
      const bare = document.activeElement?.cloneNode(false)
      return bare instanceof Element ? bare.outerHTML : ''
    }, undefined)
    for (let i = 0; i < 60 && !(await focused()).includes('type="search"'); i++) await page.keyboard.press('Tab')
    await page.keyboard.type('missed')
    for (let i = 0; i < 20 && !(await focused()).includes('aria-expanded'); i++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.detail svg')
    await expect.poll(() => focused(), WITHIN).toContain('aria-expanded="true"')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.detail').count(), WITHIN).toBe(0)
    await expect.poll(() => focused(), WITHIN).toContain('aria-expanded="false"')
    await page.close()
  })

  test('a hostile name is text', async () => {
    const [page, wrong] = await open(report)
    await page.locator('input[type=search]').fill('+79160000099')
    await page.locator(opener).first().click()
    await page.waitForSelector('.detail svg')
    await expect.poll(() => page.locator('[aria-label=records] tbody td').allTextContents(), WITHIN).toContain(HOSTILE.slice(0, 120))
    expect(await page.evaluate(() => document.title, undefined)).toBe('A day')
    await expect.poll(() => page.locator('main img').count(), WITHIN).toBe(0)
    expect(wrong).toEqual([])
    await page.close()
  })

  test('a report of ten thousand calls is there, and filters, within seconds', async () => {
    const many = Array.from({ length: 134 }, (_, i) => day.map((line) => line.replaceAll(/("(?:Sub)?CallID":"[^"]*)"/g, `$1${i}"`))).flat()
    const url = reportOf('month', many)
    const from = performance.now()
    const [page, wrong] = await open(url)
    const loaded = performance.now() - from
    const filtering = await page.evaluate(async () => {
      const input = document.querySelector<HTMLInputElement>('input[type=search]')
      const begun = performance.now()
      if (input !== null) input.value = '453*101'
      input?.dispatchEvent(new Event('input', { bubbles: true }))
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
      return performance.now() - begun
    }, undefined)
    console.log(`10 050 calls: ${Math.round(loaded)} ms to load, ${Math.round(filtering)} ms to filter`)
    await expect.poll(() => page.locator('[role=status]').textContent(), WITHIN).toMatch(/^\d+ of 11658 records$/)
    expect(wrong).toEqual([])
    expect(loaded).toBeLessThan(15_000)
    expect(filtering).toBeLessThan(3_000)
    await page.close()
  })

  test('the playground: the slider goes through the stream, by keyboard', async () => {
    const [page] = await open(playground)
    await page.locator('input[type=range]').focus()
    const records = async () => (await page.locator('[aria-label=records] tbody td').allTextContents())[1]
    await expect.poll(() => records(), WITHIN).toBe('missed')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => page.locator('pre').first().textContent(), WITHIN).toContain('Bridged=no')
    await expect.poll(() => records(), WITHIN).toBeUndefined()
    await page.keyboard.press('Home')
    await expect.poll(() => page.locator('pre').first().textContent(), WITHIN).toBe('nothing yet')
    await page.close()
  })

  test('the playground: shuffling and repeating change nothing, losing one may', async () => {
    const [page] = await open(playground)
    await page.locator('select').first().selectOption('a transfer')
    const button = (name: string) => page.locator(`button:text-is("${name}")`)
    await button('shuffle').click()
    await button('repeat one').click()
    await expect.poll(() => page.locator('p.good').textContent(), WITHIN).toMatch(/^shuffled, repeated line \d: the same 2 records\.$/)
    // until nothing is left
    for (let i = 0; i < 7; i++) await button('lose one').click()
    await expect.poll(() => page.locator('p.odd').first().textContent(), WITHIN).toMatch(/gone: answered .*gone: transferred /)
    await button('back to what it was').click()
    await expect.poll(() => page.locator('p.good, p.odd').count(), WITHIN).toBe(0)
    await page.close()
  })

  test('the playground: a link holds what was pasted', async () => {
    const [page] = await open(playground)
    const pasted = 'EventType=dial-in&CallID=ж&"<>\nrubbish'
    await page.locator('textarea').fill(pasted)
    await page.locator('button:text-is("copy a link")').click()
    await page.waitForSelector('[role=status]:has-text("link")')
    const [other, wrong] = await open(page.url())
    await expect.poll(() => other.locator('textarea').inputValue(), WITHIN).toBe(pasted)
    await expect.poll(() => other.locator('p.miss').textContent(), WITHIN).toContain('line 2: ')
    expect(wrong).toEqual([])
    await page.close()
    await other.close()
  })

  test('Mermaid draws every call of the day, and one with hostile names', async () => {
    const calls = correlator({ directory })
    const state = hostileDay.reduce((before, line) => calls.ingest(before, line)[0], calls.initial)
    const ids = [...new Set(ledger({ directory, local: true })(hostileDay).records.map(({ callId }) => callId))]
    const diagrams = ids.flatMap((id) => {
      const explanation = calls.explain(state, id, Infinity)
      return explanation === undefined ? [] : [mermaid(explanation)]
    })
    expect(diagrams.length).toBeGreaterThan(70)
    const [page] = await open(playground)
    const bare = await browser.newPage({ colorScheme: 'light', viewport: { width: 800, height: 600 } })
    await bare.setContent('<body></body>')
    await bare.addScriptTag({ content: scriptOf('mermaid/dist/mermaid.min.js') })
    const refused = await bare.evaluate(async (texts) => {
      const { mermaid: program } = globalThis as unknown as { mermaid: { render: (id: string, text: string) => Promise<{ svg: string }> } }
      const wrong: Array<string> = []
      for (const [i, text] of texts.entries()) {
        try {
          const { svg } = await program.render(`d${i}`, text)
          if (!svg.includes('<svg') || svg.includes('Syntax error')) wrong.push(text)
        } catch (error) {
          wrong.push(`${String(error)}\n${text}`)
        }
      }
      return wrong
    }, diagrams)
    expect(refused).toEqual([])
    await page.close()
    await bare.close()
  })

  test('a timeline is a picture also in a document that only points to it', async () => {
    const calls = correlator({ directory })
    const state = day.reduce((before, line) => calls.ingest(before, line)[0], calls.initial)
    const explanation = calls.explain(state, '124d32a785472b243721abf022685776', Infinity)
    const file = join(scratch, 'call.svg')
    writeFileSync(file, explanation === undefined ? '' : timeline(explanation))
    writeFileSync(join(scratch, 'img.html'), '<h1>x</h1><img src="call.svg">')
    const [page] = await open(pathToFileURL(join(scratch, 'img.html')).href)
    expect(await page.evaluate(() => document.querySelector('img')?.naturalWidth ?? 0, undefined)).toBe(960)
    await page.close()
  })
})
