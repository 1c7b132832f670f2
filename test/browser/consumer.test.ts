import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consumer, PEERS, type Consumer } from '../package/consumer.js'
import { openBrowser } from './Browser.js'
import { inBrowser } from './inBrowser.js'

/** What a page of a user does with what he installed: records, figures, a picture, a stream, an answer to a request, events of a test. */
const program = `
import { correlator, decode, ledger } from 'call-legs'
import { timeline } from 'call-legs/diagram'
import { route } from 'call-legs/interactive'
import { restPorts } from 'call-legs/rest'
import { changes } from 'call-legs/stream'
import { toCallBack } from 'call-legs/summary'
import { given, storyNames } from 'call-legs/testing'
import { webhook } from 'call-legs/webhook'
const leg = 'CallID=ab12&SubCallID=85219-ab12&CallFlow=in&CallerIDNum=%2B79160000001&CalledNumber=453*102'
const lines = ['dial-in&EventTime=1780000686000000', 'answer&EventTime=1780000690000000', 'hangup&EventTime=1780000700000000&CallStatus=ANSWER'].map((event) => 'EventType=' + event + '&' + leg)
const told = []
for await (const change of changes(lines, { ticking: 'none' })) told.push(change.change)
const calls = correlator()
const state = lines.reduce((before, line) => calls.ingest(before, line)[0], calls.initial)
document.body.innerHTML = timeline(calls.explain(state, 'ab12'))
const received = []
const answer = await webhook({ onEvent: ({ event }) => void received.push(event.kind), onUndecodable: () => undefined })(new Request('https://crm.example/hook', { method: 'POST', body: lines[0], headers: { 'content-type': 'application/x-www-form-urlencoded' } }))
window.result = {
  decoded: decode(lines[0])._tag,
  records: ledger()(lines).records.map(({ kind, talkTime }) => [kind, talkTime]),
  told,
  toCallBack: toCallBack(ledger()(lines).records, 1780000800000000),
  picture: document.querySelectorAll('svg').length,
  answer: [answer.status, received],
  kit: [storyNames.length > 30, typeof given],
  ports: [typeof route, typeof restPorts]
}
`

inBrowser("a user's bundle of the packed package, in a browser", () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>
  let project: Consumer
  beforeAll(async () => {
    browser = await openBrowser()
    project = await consumer(...PEERS)
  })
  afterAll(async () => {
    await browser.close()
    project.remove()
  })

  test('every entry point works there', async () => {
    const entry = project.write('main.js', program)
    const built = await build({
      configFile: false,
      root: project.folder,
      logLevel: 'silent',
      build: { write: false, target: 'es2022', lib: { entry, formats: ['es'] } }
    })
    const code = [built].flat().flatMap((result) => ('output' in result ? result.output : [])).flatMap((chunk) => (chunk.type === 'chunk' ? [chunk.code] : []))
    expect(code.length).toBe(1)
    const file = join(project.folder, 'index.html')
    writeFileSync(file, `<!doctype html><meta charset="utf-8"><title>a user</title><body></body><script type="module">${code.join('').replaceAll('</script', '<\\/script')}</script>`)
    const page = await browser.newPage({ colorScheme: 'light', viewport: { width: 800, height: 600 } })
    const wrong: Array<string> = []
    page.on('pageerror', ({ message }) => void wrong.push(message ?? ''))
    await page.goto(pathToFileURL(file).href)
    await page.waitForSelector('svg')
    const result: unknown = await page.evaluate('window.result')
    expect(wrong).toEqual([])
    expect(result).toEqual({
      decoded: 'Right',
      records: [['answered', 10_000_000]],
      told: ['registered'],
      toCallBack: { clients: [], anonymous: 0 },
      picture: 1,
      answer: [200, ['dial']],
      kit: [true, 'function'],
      ports: ['function', 'function']
    })
    await page.close()
  })
})
