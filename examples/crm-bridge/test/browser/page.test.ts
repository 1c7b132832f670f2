import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { isBrowserThere, openBrowser, scriptOf, type Browser, type Page } from '../../../../test/browser/Browser.js'
import { startVendor, type Vendor } from '../../../../test/vendor/Vendor.js'
import { contents } from '../../demo/company.js'
import { readRecording, type WireEvent } from '../../pbx/recording.js'
import { movedTo, spanOf } from '../../pbx/times.js'
import { endBridges, startBridge, type BridgeProcess } from '../bridgeProcess.js'
import { phone, queue, type Fields } from '../story.js'

/** A page is drawn a moment after what was done to it. */
const WITHIN = { timeout: 5_000 }

const HOSTILE = '</script><script>document.title="broken"</script><img src=x onerror="document.title=\'broken\'">'

/** The CallID of a call: any text without a slash is one. */
const STRANGE = `<img src=x onerror=alert(1)>"'%2f#?`

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

const bundledDay = (): ReadonlyArray<WireEvent> => {
  const events = readRecording(readFileSync(path('../../../events/day.ndjson'), 'utf8'))
  if ('reason' in events) throw new Error('the bundled day cannot be read')
  const now = Date.now() * 1000
  return movedTo(events, { now, from: spanOf(events)?.last ?? now, speed: 1 })
}

/** The story's events, as if the story had begun so many seconds ago. */
const ago = (seconds: number, ...events: ReadonlyArray<Fields>): ReadonlyArray<Fields> =>
  events.map((fields) => ({ ...fields, EventTime: String(Number(fields.EventTime) - 1_780_000_000_000_000 + (Date.now() - seconds * 1000) * 1000) }))

describe.skipIf(!isBrowserThere)(isBrowserThere ? 'the page in a browser' : 'the page in a browser (skipped: needs chromium, and npm run browser in the root)', () => {
  let folder: string
  let vendor: Vendor
  let bridge: BridgeProcess
  let browser: Browser | undefined

  const send = async (events: ReadonlyArray<Fields>): Promise<void> => {
    for (const event of events) expect((await fetch(`${bridge.url}/hook`, { method: 'POST', body: new URLSearchParams(event) })).status).toBe(200)
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bridge-page-'))
    cpSync(inject('emptyData'), folder, { recursive: true })
    vendor = await startVendor(contents)
    bridge = await startBridge({
      env: {
        DATA_DIR: folder, PBX_URL: vendor.url, PBX_CLIENT_ID: vendor.clientId, PBX_CLIENT_SECRET: vendor.clientSecret,
        SETTLE_MS: '200', GRACE_MS: '100', OLD_MS: '86400000', TICK_MS: '50', LOG_LEVEL: 'error'
      }
    })
    browser = await openBrowser()
    await send(bundledDay())
    await fetch(`${bridge.url}/api/clients`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify([{ number: '+79160000099', name: HOSTILE.slice(0, 120) }]) })
    await send(ago(50, phone('hostile', 102, '+79160000099').rings(0), phone('hostile', 102, '+79160000099').answers(5), phone('hostile', 102, '+79160000099').hangsUp(40)))
    await send(ago(40, phone(STRANGE, 102, '+79160000099').rings(0), phone(STRANGE, 102, '+79160000099').answers(5)))
    await send(ago(30, queue('open').rings(0), phone('open', 101).rings(2)))
  })

  afterAll(async () => {
    if (browser !== undefined) await browser.close()
    await endBridges()
    await vendor.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** The page, and what went wrong on it. */
  const open = async ({ search = '', width = 1280, theme = 'light', locale = 'en-GB' }: { search?: string; width?: number; theme?: 'light' | 'dark'; locale?: string } = {}): Promise<readonly [Page, ReadonlyArray<string>]> => {
    if (browser === undefined) throw new Error('there is no browser')
    const page = await browser.newPage({ colorScheme: theme, locale, viewport: { width, height: 900 } })
    const wrong: Array<string> = []
    page.on('console', (message) => {
      if (message.type?.() !== 'log') wrong.push(message.text?.() ?? '')
    })
    page.on('pageerror', ({ message }) => void wrong.push(message ?? ''))
    await page.goto(`${bridge.url}/${search}`)
    await page.waitForSelector('.row')
    return [page, wrong]
  }

  const violations = async (page: Page): Promise<ReadonlyArray<string>> => {
    await page.evaluate(`${scriptOf('axe-core/axe.min.js')}; 0`)
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: ReadonlyArray<{ id: string; nodes: ReadonlyArray<{ html: string; failureSummary?: string }> }> }> } }
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`)
    }, undefined)
  }

  const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '', undefined)

  for (const [width, theme, locale] of [[1280, 'light', 'en-GB'], [390, 'dark', 'en-GB'], [390, 'light', 'ru-RU'], [1280, 'dark', 'ru-RU']] as const) {
    test(`axe objects to nothing, and nothing scrolls sideways: ${width} pixels, ${theme}, ${locale}, with a call open`, async () => {
      const [page, wrong] = await open({ width, theme, locale })
      await page.locator('.row.missed').first().click()
      await page.waitForSelector('.more svg')
      await page.locator('summary').first().click()
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth, undefined)).toBeLessThanOrEqual(0)
      expect(wrong).toEqual([])
      await page.close()
    })
  }

  test('the language is the browser\'s', async () => {
    const [english] = await open()
    await expect.poll(() => english.locator('h2').allTextContents(), WITHIN).toEqual(['To call back', 'Now', 'Latest calls'])
    const [russian] = await open({ locale: 'ru-RU' })
    await expect.poll(() => russian.locator('h2').allTextContents(), WITHIN).toEqual(['Перезвонить', 'Сейчас', 'Последние звонки'])
    expect(await russian.evaluate(() => document.documentElement.lang, undefined)).toBe('ru')
    await english.close()
    await russian.close()
  })

  test('a hostile name is text, in a row, on a card and in the story', async () => {
    const [page, wrong] = await open({ search: '?q=79160000099' })
    await expect.poll(() => page.locator('.row .who').allTextContents(), WITHIN).toEqual([HOSTILE.slice(0, 120)])
    await expect.poll(() => page.locator('.card .who').allTextContents(), WITHIN).toContain(HOSTILE.slice(0, 120))
    await page.locator('.row').first().click()
    await page.waitForSelector('.more svg')
    await expect.poll(() => page.locator('main img').count(), WITHIN).toBe(0)
    expect(await page.evaluate(() => document.title, undefined)).not.toBe('broken')
    expect(wrong).toEqual([])
    await page.close()
  })

  test('a call with a strange id opens like any other', async () => {
    const phoneOf = phone(`${STRANGE}2`, 101, '+79160000095')
    await send(ago(100, phoneOf.rings(0), phoneOf.answers(5), phoneOf.hangsUp(60)))
    const [page, wrong] = await open({ search: '?q=79160000095' })
    await page.locator('.row').first().click()
    await page.waitForSelector('.more .story li:has-text("101 Reception answered after 5 s")')
    await expect.poll(() => page.locator('main img').count(), WITHIN).toBe(0)
    expect(wrong).toEqual([])
    await page.close()
  })

  test('the filter stands in the address, and comes from it', async () => {
    const [page] = await open()
    await page.locator('.tabs button').first().focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('.q').fill('887')
    await page.waitForSelector('[role=status]:has-text("calls")')
    await expect.poll(() => page.locator('.kind').allTextContents(), WITHIN).not.toContain('↓Answered')
    expect(new URL(page.url()).search).toBe('?kind=missed&q=887')
    const rows = await page.locator('.row').count()
    const [again] = await open({ search: '?kind=missed&q=887' })
    await expect.poll(() => again.locator('.row').count(), WITHIN).toBe(rows)
    await expect.poll(() => again.locator('.kind').allTextContents(), WITHIN).toEqual(Array.from({ length: rows }, () => '↓Missed'))
    await expect.poll(() => again.locator('.q').inputValue(), WITHIN).toBe('887')
    await page.close()
    await again.close()
  })

  test('a call opens by keyboard; the focus stays there, also when news come', async () => {
    const [page] = await open()
    await page.locator('.row').first().focus()
    const row = await focused(page)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.more svg')
    await expect.poll(() => focused(page), WITHIN).toBe(row)
    const before = await page.locator('.row').count()
    await send(ago(9, phone('news', 103, '+79160000098').rings(0), phone('news', 103, '+79160000098').answers(2), phone('news', 103, '+79160000098').hangsUp(8)))
    await page.waitForSelector('.row:has-text("+7 916 000-00-98")')
    await expect.poll(() => page.locator('.row').count(), WITHIN).toBeGreaterThanOrEqual(Math.min(50, before))
    await expect.poll(() => focused(page), WITHIN).toBe(row)
    await expect.poll(() => page.locator('.more').count(), WITHIN).toBe(1)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.more').count(), WITHIN).toBe(0)
    await expect.poll(() => focused(page), WITHIN).toBe(row)
    await page.close()
  })

  test('a call that begins to ring is said once to those who hear the page, and what rang before is not', async () => {
    const [page] = await open()
    await page.waitForSelector('.card')
    await expect.poll(() => page.locator('.heard').textContent(), WITHIN).toBe('')
    await send(ago(1, phone('rings', 103, '+79160000097').rings(0)))
    await page.waitForSelector('.heard:has-text("+7 916 000-00-97: 103 Warehouse rings")')
    await page.close()
  })

  test('whom to call back is cleared by a talk', async () => {
    const [page] = await open()
    await send(ago(60, queue('vain', '+79160000096').rings(0), queue('vain', '+79160000096').hangsUp(20, 'ANSWER', { Bridged: 'no' })))
    await page.waitForSelector('.waits li:has-text("+7 916 000-00-96")')
    const count = Number(await page.locator('.count').textContent())
    const out: Fields = { CallID: 'back', SubCallID: '85219-back', CallFlow: 'out', CallerIDNum: '453*102', CallerExtension: '453*102@pbx.example', CallerExtensionID: '85219', CalledNumber: '+79160000096' }
    const at = (seconds: number): string => String((Date.now() - seconds * 1000) * 1000)
    await send([
      { ...out, EventType: 'dial-out', EventTime: at(20), CallStatus: 'CALLING' },
      { ...out, EventType: 'answer', EventTime: at(15), CallStatus: 'ANSWER' },
      { ...out, EventType: 'hangup', EventTime: at(5), CallStatus: 'ANSWER' }
    ])
    await page.waitForSelector(`.count:text-is("${count - 1}")`)
    await expect.poll(() => page.locator('.waits li:has-text("+7 916 000-00-96")').count(), WITHIN).toBe(0)
    await page.close()
  })

  test('my extension is remembered', async () => {
    const [page] = await open()
    await page.locator('.source').fill('453*102')
    await page.keyboard.press('Tab')
    await page.goto(bridge.url)
    await page.waitForSelector('.row')
    await expect.poll(() => page.locator('.source').inputValue(), WITHIN).toBe('453*102')
    await page.close()
  })
})
