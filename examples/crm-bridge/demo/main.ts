/*
 * The bridge with everything around it, on this machine:
 *
 *   npm run demo
 *
 * A stand-in for the vendor's API (so that click-to-call, recordings and the directory work), the bridge itself in a
 * process of its own, and a stand-in PBX: the calls of the bundled day as those of the past hours, all at once, and from
 * the first second on a busy hour of new ones. Everything is new in each start: the database lies in a folder that is
 * gone afterwards, unless DATA_DIR or DATABASE_URL says where. Ctrl-C ends all of it.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { eventsOfPlaced } from '../../../test/vendor/events.js'
import { startVendor } from '../../../test/vendor/Vendor.js'
import { play, type Sending } from '../pbx/play.js'
import { sendingsOf } from '../pbx/programme.js'
import { readRecording, recordingErrorMessage} from '../pbx/recording.js'
import { asOtherCalls } from '../pbx/rounds.js'
import { clients, contents } from './company.js'
import { busyHour } from './hour.js'
import { startTones } from './tone.js'

/** A call every so many microseconds, each at twice its speed: some five are on the line at a time. */
const PACE = { every: 12_000_000, speed: 2 }

/** Not in the order of their happening, and some twice: as of a real PBX. */
const DISORDER = { method: 'both', shuffle: 0.05, repeat: 0.05, places: 3 } as const

/** How often it is said how far it is, in milliseconds. */
const EVERY = 60_000

const day = readRecording(readFileSync(new URL('../../events/day.ndjson', import.meta.url), 'utf8'))
if ('reason' in day) throw new Error(recordingErrorMessage(day))

const say = (sentence: string): void => console.log(sentence)

const { DATA_DIR, DATABASE_URL, BRIDGE_SECRET: secret, BRIDGE_TOKEN: token } = process.env
const folder = DATA_DIR === undefined && DATABASE_URL === undefined ? mkdtempSync(join(tmpdir(), 'crm-bridge-demo-')) : undefined
process.on('exit', () => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
})

say(`\nStarting the bridge, and stand-ins for the PBX and its API.${folder === undefined ? '' : ' The first seconds go to making a database.'}`)
const tones = await startTones()
/** Whatever recording is asked for, those of an earlier start as well, it can be listened to. */
const recordings = new Proxy<Record<string, string>>({}, { get: (_, id) => (typeof id === 'string' ? tones.urlOf(id) : undefined) })
const vendor = await startVendor({ ...contents, recordings })
const stopping = new AbortController()
const bridge = spawn(process.execPath, ['dist/main.js'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: {
    // this company's PBX keeps nothing back, so nothing of the past comes later than in a moment
    GRACE_MS: '2000', ...process.env, ...(folder === undefined ? {} : { DATA_DIR: folder }),
    PBX_URL: vendor.url, PBX_CLIENT_ID: vendor.clientId, PBX_CLIENT_SECRET: vendor.clientSecret, LOG_LEVEL: 'error'
  },
  stdio: ['ignore', 'pipe', 'inherit']
})
bridge.once('close', (code) => process.exit(stopping.signal.aborted ? 0 : (code ?? 1)))
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopping.abort()
    bridge.kill('SIGTERM')
  })
}

/** The line with which the bridge says that it is ready. */
const url = await new Promise<string>((resolve) => {
  bridge.stdout.setEncoding('utf8').on('data', (said: string) => {
    const found = /listening on (\S+)/.exec(said)
    if (found?.[1] !== undefined) resolve(found[1])
  })
})
const hook = secret ? `${url}/hook?secret=${encodeURIComponent(secret)}` : `${url}/hook`
const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
await fetch(`${url}/api/clients`, { method: 'PUT', headers, body: JSON.stringify(clients) })

const told = { events: 0, unanswered: 0 }
const send = (sendings: ReadonlyArray<Sending>) =>
  play({
    to: hook,
    sendings,
    signal: stopping.signal,
    onAnswer: ({ status }) => {
      if (status === 200) told.events += 1
      else told.unanswered += 1
    }
  })

/** What is clicked on the page is placed by the stand-in of the API, and somebody must pick up. */
let picked = 0
const pickUp = (): void => {
  for (const asked of vendor.placed().slice(picked)) {
    picked += 1
    const began = Date.now() * 1000
    const RecID = `${asked.extension.id}-${asked.callId.toLowerCase()}`
    const events = eventsOfPlaced(asked, { at: began }).map((event) => (event['EventType'] === 'hangup' ? { ...event, RecID } : event))
    say(`Somebody clicked: ${asked.extension.name} calls ${asked.body.dst_num}.`)
    void send(events.map((event) => ({ event, method: 'post', after: (Number(event['EventTime']) - began) / 1000 })))
  }
}

say(`\n  The bridge is at ${url}${token ? '/?token=…' : ''} : open it in a browser. Ctrl-C ends everything.\n`)
say('Now the PBX tells the calls of the past hours, and new ones from the first second on: one every 12 seconds.')

/** Different in each start, so that no call is one that the database has already. */
const start = Math.floor(Date.now() / 1000)
void send(sendingsOf(asOtherCalls(day, start), { ...DISORDER, seed: 1 }, Date.now() * 1000)).then(() => {
  if (!stopping.signal.aborted) say('The calls of the past hours are told.')
})

let nextRound = 0
let nextWord = Date.now() + EVERY
for (let round = 1; !stopping.signal.aborted; await sleep(300)) {
  pickUp()
  if (Date.now() >= nextRound) {
    const hour = busyHour(day, PACE, start + round)
    const calls = new Set(hour.map(({ CallID }) => CallID)).size
    void send(sendingsOf(hour, { ...DISORDER, seed: start + round, speed: 1 }, Date.now() * 1000))
    nextRound = Date.now() + (calls * PACE.every) / 1000
    round += 1
  }
  if (Date.now() >= nextWord) {
    nextWord += EVERY
    const trouble = told.unanswered === 0 ? 'the bridge took every one at once' : `${told.unanswered} times the bridge did not take one, and it was sent again`
    say(`${new Date().toLocaleTimeString()}  ${told.events} events told so far; ${trouble}.`)
  }
}
