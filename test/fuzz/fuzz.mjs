// Feeds rubbish to whatever reads what others send, and counts what is thrown: npm run fuzz -- [COUNT] [SEED]
import { callReducer, correlator, decode, ledger } from 'call-legs'
import { decodeInteractive, interactiveResponse } from 'call-legs/interactive'
import { webhook } from 'call-legs/webhook'
import { readFileSync } from 'node:fs'

const [count = 1_000_000, seed = 1] = process.argv.slice(2).map(Number)

// a small generator of numbers (mulberry32): the same seed gives the same inputs
let state = seed >>> 0
const random = () => {
  state = (state + 0x6d2b79f5) >>> 0
  let t = Math.imul(state ^ (state >>> 15), state | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}
const below = (n) => Math.floor(random() * n)
const one = (list) => list[below(list.length)]

const lines = readFileSync(new URL('../../examples/events/day.ndjson', import.meta.url), 'utf8').trim().split('\n')
const forms = lines.map((line) => new URLSearchParams(JSON.parse(line)).toString())
const PIECES = ['', '"', '{', '}', '[', ']', ',', ':', '&', '=', '%', '%2', '%zz', '+', ' ', '\0', '\uFEFF', '\uD800', '\u202E', '__proto__', 'constructor', 'null', 'undefined', '1e400', '-1', '9'.repeat(40), 'x'.repeat(300), '/', '\n', '<', '>', '&amp;', ']]>', '&#0;', 'hangup', 'dial-in', 'yes', 'no', 'sip:', '@', '*31#']

const mutated = (text) => {
  let result = text
  for (let n = 1 + below(4); n > 0; n--) {
    const at = below(result.length + 1)
    result = result.slice(0, at) + one(PIECES) + result.slice(at + below(8))
  }
  return result
}

const parsed = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const hostile = () =>
  one([
    () => undefined,
    () => null,
    () => below(10) - 5,
    () => Symbol('x'),
    () => 10n ** 30n,
    () => () => 1,
    () => new Date(NaN),
    () => new Map([['EventType', one(['hangup', 7, null])], [Symbol('k'), 'v']]),
    () => new URLSearchParams(mutated(one(forms))),
    () => Buffer.from(mutated(one(forms)), 'latin1'),
    () => new Uint16Array(3).buffer,
    () => new Proxy({}, { get: () => { throw new Error('not for you') } }),
    () => ({ get EventType() { throw new Error('not for you') } }),
    () => ({ EventType: 'hangup', CallID: one([{}, [], true, 'a/b', 'x'.repeat(1000)]), EventTime: one([NaN, 1.5, '1780000000000000']) }),
    () => [[['EventType', 'hangup']], parsed(mutated(one(lines)))]
  ])()

const config = { directory: { '453*101': 'phone', '453*102': 'phone', '453*887': 'queue' }, maxLegs: 20, maxEvents: 8 }
const calls = correlator(config)
const call = callReducer(config)
const handle = webhook({ secret: 'secret', onEvent: () => Promise.resolve() })
let held = calls.initial
const saved = () => JSON.stringify(calls.encode(held))

/** What reads, and what it is given. */
const readers = {
  decode: () => decode(one([() => mutated(one(lines)), () => mutated(one(forms)), () => parsed(mutated(one(lines))), hostile])(), one([undefined, 1_780_000_000_000_000, NaN])),
  ingest: () => {
    held = calls.ingest(held, one([() => mutated(one(lines)), () => one(lines), () => mutated(one(forms)), hostile])())[0]
    if (below(500) === 0) held = calls.tick(held, one([1_780_600_000_000_000, Date.now(), NaN, Infinity]))[0]
    if (below(2_000) === 0) held = calls.drain(held)[0]
  },
  placed: () => {
    const context = one([undefined, {}, [1], { get deal() { throw new Error('not for you') } }, NaN, () => 1])
    held = calls.placed(held, one([{ callId: one(['c', 'C/d', '', 7]), at: one([1_780_000_000_000_000, 5, NaN]), context }, hostile()]))[0]
  },
  state: () => {
    const read = calls.decode(parsed(mutated(saved().slice(0, 4_000))))
    if (read._tag === 'Right') calls.drain(calls.ingest(read.right, one(lines))[0])
    const oneCall = call.ingest(call.initial, one(lines))[0]
    const again = call.decode(parsed(mutated(JSON.stringify(call.encode(oneCall)))))
    if (again._tag === 'Right') call.drain(again.right)
  },
  ledger: () => ledger(config)([mutated(one(lines)), one(lines), hostile()].filter((input) => input !== undefined)),
  interactive: () => {
    decodeInteractive(one([hostile, () => parsed(mutated(one(lines))), () => new URLSearchParams(mutated(one(forms)).replace('dial-in', 'call_interactive'))])())
    interactiveResponse([{ action: one(['SetVar', 'setVar', 'pause']), name: mutated('x'), value: mutated('453*102'), length: one([1, -1, NaN]) }])
  },
  webhook: () => {
    const path = `http://127.0.0.1/hook?secret=${one(['secret', mutated('secret')])}&${mutated(one(forms))}`
    const body = one([undefined, mutated(one(forms)), Buffer.from([255, 254, 0, 1])])
    let request
    try {
      request = new Request(path, body === undefined ? {} : { method: 'POST', body, headers: { 'content-type': one(['application/x-www-form-urlencoded', 'application/json', 'text/plain']) } })
    } catch {
      return undefined // no such request can be made
    }
    return handle(request)
  }
}

const names = Object.keys(readers)
// the webhook costs a request each: one input in fifty is its own
const weights = names.flatMap((name) => Array(name === 'webhook' || name === 'state' ? 1 : 10).fill(name))
const found = new Map()
const counted = {}
const from = performance.now()
for (let n = 0; n < count; n++) {
  const name = one(weights)
  counted[name] = (counted[name] ?? 0) + 1
  try {
    await readers[name]()
  } catch (error) {
    const key = `${name}: ${error?.stack?.split('\n').slice(0, 3).join(' | ') ?? String(error)}`
    found.set(key, (found.get(key) ?? 0) + 1)
  }
}
const seconds = ((performance.now() - from) / 1000).toFixed(1)
console.log(`${count} inputs in ${seconds} s, seed ${seed}: ${Object.entries(counted).map(([name, times]) => `${name} ${times}`).join(', ')}`)
for (const [what, times] of found) console.log(`thrown ${times} times: ${what}`)
console.log(found.size === 0 ? 'nothing was thrown' : `${found.size} kinds of throws`)
process.exitCode = found.size === 0 ? 0 : 1
