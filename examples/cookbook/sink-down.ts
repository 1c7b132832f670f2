/** A CRM that is away: changes wait in order and are sent again, and what arrives twice counts once. */
import { setTimeout as sleep } from 'node:timers/promises'
import { correlator, type Change } from 'call-legs'

/** Changes that wait to be sent. A service keeps them in a table, written in the transaction of the state. */
const outbox: Array<Change> = []

/** The CRM: away at first, then it stores a change whose answer is lost on its way, then it is well. */
const crm = new Map<string, { readonly revision: number; readonly kind: string }>()
let tries = 0
const upsert = (id: string, revision: number, kind: string): Promise<void> => {
  tries += 1
  if (tries <= 2) return Promise.reject(new Error('no connection'))
  // idempotent: only a higher revision changes something; a retraction leaves a tombstone, so that none comes back
  if ((crm.get(id)?.revision ?? 0) < revision) crm.set(id, { revision, kind })
  return tries === 3 ? Promise.reject(new Error('no answer in time')) : Promise.resolve()
}

const send = async (change: Change): Promise<void> => {
  if (change.change === 'anomaly' || change.change === 'rejected') return
  const record = change.change === 'retracted' ? change.previous : change.record
  await upsert(record.id, change.revision, change.change === 'retracted' ? 'retracted' : record.kind)
  console.log('sent', record.id, change.change, change.revision)
}

/** Sends what waits, in order. A change leaves the outbox when it has been sent; until then none behind it is tried. */
const flush = async (): Promise<void> => {
  for (let wait = 1; outbox[0] !== undefined; ) {
    try {
      await send(outbox[0])
      outbox.shift()
      wait = 1
    } catch (error) {
      console.log(error instanceof Error ? error.message : error, `- again in ${wait}, ${outbox.length} wait`)
      await sleep(wait) // milliseconds here; seconds, with jitter, in a service
      wait = Math.min(wait * 2, 60)
    }
  }
}

const calls = correlator({ directory: { '453*101': 'phone' } })
let state = calls.initial
const leg = 'CallID=4a6f&SubCallID=85101-4a6f&CallFlow=in&CalledNumber=453*101&CallerIDNum=%2B79160000001'
for (const body of [
  `EventType=answer&EventTime=1780000690000000&${leg}`,
  `EventType=hangup&EventTime=1780000750000000&CallStatus=ANSWER&${leg}`,
  `EventType=dial-in&EventTime=1780000686000000&${leg}` // it came late: the record is revised
]) {
  const [next, changes] = calls.ingest(state, body)
  state = next
  outbox.push(...changes)
}
await flush()
console.log('the CRM has', [...crm.values()].map(({ revision, kind }) => `${kind}, revision ${revision}`).join('; '), 'after', tries, 'tries')
