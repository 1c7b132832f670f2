/** Takes events from a queue that delivers each at least once: one state per call, acknowledged once it is stored. */
import { callReducer, decode, fromMillis, seconds, stateErrorMessage, type CallRecord, type EpochMicros, type OneCall, type Transition } from 'call-legs'

const call = callReducer({ directory: { '453*101': 'phone', '453*887': 'queue' } })
const leg = 'CallID=4a6f&SubCallID=85101-4a6f&CallFlow=in&CalledNumber=453*101&CallerIDNum=%2B79160000001'

/** The queue: a message is delivered again until it is acknowledged. */
const waiting = [
  `EventType=hangup&EventTime=1780000750000000&CallStatus=ANSWER&${leg}`,
  `EventType=answer&EventTime=1780000690000000&${leg}`,
  `EventType=dial-in&EventTime=1780000686000000&${leg}`,
  'EventType=hangup&EventTime=1780000760000000&Bridged=no&CallID=4b70&SubCallID=85887-4b70&CallFlow=in&CalledNumber=453*887&CallerIDNum=%2B79160000002'
]

/** The database: a row for each call, and a row for each record. */
const calls = new Map<string, { readonly state: string; readonly due: EpochMicros | undefined }>()
const records = new Map<string, { readonly revision: number; readonly record: CallRecord; readonly retracted: boolean }>()

const load = (callId: string): OneCall => {
  const row = calls.get(callId)
  if (row === undefined) return call.initial
  const state = call.decode(JSON.parse(row.state))
  if (state._tag === 'Left') throw new Error(stateErrorMessage(state.left)) // not acknowledged: it comes again
  return state.right
}

/** One transaction, with the call's row locked: the state and what changed are stored together, or not at all. */
const store = (callId: string, transition: (state: OneCall) => Transition<OneCall>): void => {
  const [state, changes] = transition(load(callId))
  calls.set(callId, { state: JSON.stringify(call.encode(state)), due: call.due(state) })
  for (const change of changes) {
    if (change.change === 'anomaly' || change.change === 'rejected') continue
    const retracted = change.change === 'retracted'
    const record = retracted ? change.previous : change.record
    if ((records.get(record.id)?.revision ?? 0) < change.revision) records.set(record.id, { revision: change.revision, record, retracted })
    console.log(change.change, record.kind, record.remoteNumber, 'revision', change.revision)
  }
}

/** The consumer ends here once before its transaction and once between the transaction and the acknowledgement. */
const crashes = ['before the commit', 'after the commit']
const crash = (where: string): void => {
  if (crashes[0] === where) throw new Error(`ended ${crashes.shift() ?? ''}`)
}

while (waiting[0] !== undefined) {
  try {
    const read = decode(waiting[0], fromMillis(Date.now()))
    if (read._tag === 'Left') console.error('kept aside:', read.left.reason, waiting[0])
    else if (read.right.kind !== 'ignored') {
      crash('before the commit')
      const event = read.right
      store(event.callId, (state) => call.step(state, event))
      crash('after the commit')
    }
    waiting.shift() // the acknowledgement
  } catch (error) {
    console.log(error instanceof Error ? error.message : error)
  }
}

/** What a timer does while nothing waits. */
const tick = (now: EpochMicros): void => {
  for (const [callId, { due }] of calls) if (due !== undefined && due <= now) store(callId, (state) => call.tick(state, now))
}
tick(fromMillis(Date.now()) + seconds(10)) // ten seconds later
console.log(records.size, 'records of', calls.size, 'calls')
