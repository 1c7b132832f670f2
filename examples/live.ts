/**
 * Live use: webhooks arrive at any time, and a timer ticks with the wall clock. What the PBX sends is ingested
 * with the time of its receipt; the changes are written into a database by `id` and `revision`.
 *
 *     npx tsx examples/live.ts
 *
 * A minute of a small company passes here in a few seconds: a call that is answered, and one that is lost.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { correlator, fromMillis, seconds, type Change, type State } from 'call-legs'

/** The only clock is here, outside the library. */
const now = (): number => fromMillis(Date.now())

// a settle window of one second, so that the example ends soon; a service keeps the default of 5 s
const calls = correlator({ settle: seconds(1), directory: { '453*101': 'phone', '453*887': 'queue' } })
let state: State = calls.initial

const store = (changes: ReadonlyArray<Change>): void => {
  for (const change of changes) {
    if (change.change === 'registered') console.log('insert', change.record.kind, change.record.remoteNumber, 'revision', change.revision)
    if (change.change === 'revised') console.log('update', change.record.kind, change.record.remoteNumber, 'revision', change.revision)
    if (change.change === 'retracted') console.log('delete', change.previous.kind, 'revision', change.revision)
  }
}

/** What a webhook's handler does. */
const receive = (body: string): void => {
  const [next, changes] = calls.ingest(state, body, now())
  state = next
  store(changes)
}

/** What a timer does; `due` tells whether it is worth while. */
const tick = (): void => {
  const due = calls.due(state)
  if (due === undefined || due > now()) return
  const [next, changes] = calls.tick(state, now())
  state = next
  store(changes)
}

const leg = (callId: string, extension: string, id: string, caller: string): string =>
  new URLSearchParams({ CallID: callId, SubCallID: `${id}-${callId}`, CallFlow: 'in', CalledNumber: extension, CallerIDNum: caller }).toString()
const send = (kind: string, of: string, more = ''): void => receive(`EventType=${kind}&EventTime=${now()}&${of}${more}`)

const timer = setInterval(tick, 100)

const talk = leg('a1', '453*101', '85101', '+79160000001')
const lost = leg('b2', '453*887', '85887', '+79160000002')
send('dial-in', talk)
send('dial-in', lost)
await sleep(200)
send('answer', talk)
console.log('now', calls.openLegs(state).map(({ state: how, extension }) => `${extension ?? ''} ${how}`).join(', '))
await sleep(300)
send('hangup', talk, '&CallStatus=ANSWER')
send('hangup', lost, '&CallStatus=ANSWER&Bridged=no')
await sleep(1500)

clearInterval(timer)
