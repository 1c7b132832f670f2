/** A rule of one's own: a client whose only talks were shorter than ten seconds is called back, as if he had been missed. */
import { correlator, fromMillis, seconds, type CallRecord, type Change } from 'call-legs'

const SHORT = seconds(10)

/** Whom to call back for a call, judged by all of its records: nobody if somebody had a talk with him. */
const toCallBack = (records: ReadonlyArray<CallRecord>): string | undefined => {
  const isTalk = (record: CallRecord): boolean => record.successful && (record.talkTime ?? SHORT) >= SHORT
  const isLost = (record: CallRecord): boolean => record.kind === 'missed' || (record.successful && record.direction === 'incoming')
  return records.some(isTalk) ? undefined : records.find(isLost)?.remoteNumber
}

/** The records of each call, as the changes add up to them, and the tasks that stand. */
const callsById = new Map<string, Map<string, CallRecord>>()
const tasks = new Map<string, string>()

const take = (changes: ReadonlyArray<Change>): void => {
  for (const change of changes) {
    if (change.change === 'anomaly' || change.change === 'rejected') continue
    const record = change.change === 'retracted' ? change.previous : change.record
    const records = callsById.get(record.callId) ?? new Map<string, CallRecord>()
    callsById.set(record.callId, records)
    if (change.change === 'retracted') records.delete(record.id)
    else records.set(record.id, record)

    const number = toCallBack([...records.values()])
    if (number === tasks.get(record.callId)) continue
    if (number === undefined) tasks.delete(record.callId)
    else tasks.set(record.callId, number)
    console.log(record.callId, number === undefined ? 'needs no call back' : `call back ${number}`)
  }
}

const calls = correlator()
let state = calls.initial
/** A phone rings for a second, talks and hangs up. */
const talk = (callId: string, extension: number, begins: number, lasts: number, caller = 'CallerIDNum=%2B79160000001'): void => {
  const leg = `CallID=${callId}&SubCallID=85${extension}-${callId}&CallFlow=in&CalledNumber=453*${extension}&${caller}`
  for (const [event, second] of [['dial-in', begins], ['answer', begins + 1], ['hangup&CallStatus=ANSWER', begins + 1 + lasts]] as const) {
    const [next, changes] = calls.ingest(state, `EventType=${event}&EventTime=${1_780_000_000_000_000 + seconds(second)}&${leg}`)
    state = next
    take(changes)
  }
}

talk('a1', 101, 0, 60) // a minute
talk('b2', 101, 100, 4) // four seconds, and nothing more
talk('c3', 101, 200, 4) // four seconds, then 101 passes the client on to 102, who talks for a minute
talk('c3', 102, 206, 60, 'CallerIDNum=453*101&RemoteNumber=%2B79160000001')
take(calls.tick(state, fromMillis(Date.now()))[1])
console.log('open tasks:', [...tasks.keys()].join(', '))
