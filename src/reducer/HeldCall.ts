import { addEvent, addPlaced, emptyCall, type Added } from '../call/addEvent.js'
import { anomaliesOf } from '../call/anomalies.js'
import { exchanged, inserted, type Call } from '../call/Call.js'
import { linksOf, NO_LINKS } from '../call/links.js'
import { judge, mayBeMissed } from '../call/missed.js'
import type { Placed } from '../call/Placed.js'
import { hasOpenLeg, letGoAt, settlesAt } from '../call/waiting.js'
import type { Settings } from '../config/Config.js'
import type { CallEvent } from '../event/CallEvent.js'
import type { EpochMicros } from '../event/time.js'
import type { Leg } from '../leg/Leg.js'
import type { CallRecord, LegRecord, MissedRecord } from '../record/CallRecord.js'
import { legRecord } from '../record/legRecord.js'
import { isRecordedMiss, missedRecord } from '../record/missedRecord.js'
import type { Revisions, SavedCall } from '../state/SavedCall.js'
import type { Change } from './Change.js'
import { NO_REVISIONS, tell, type Told } from './changes.js'

/** What the facts of a call come to, as it was told. */
export interface Outcome {
  /** The records of its legs, in the order of `call.legs`; none at all, if no leg has one: most legs that ring have none. */
  readonly records: ReadonlyArray<LegRecord | undefined>
  /** The registered miss. */
  readonly missed: MissedRecord | undefined
  /** Does a miss hold that has not settled yet? */
  readonly unsettled: boolean
}

/** A call that is held. */
export interface HeldCall {
  readonly tag: 'held'
  readonly call: Call
  /** The revisions of its records. */
  readonly revisions: Revisions
  /** What its facts come to: only while something is open, since it follows from them. A call that has ended is held as its facts. */
  readonly outcome: Outcome | undefined
}

/** A transition of a held call. */
export type HeldStep = readonly [HeldCall, ReadonlyArray<Change>]

const NO_CHANGES: ReadonlyArray<Change> = []
const NO_RECORDS: Outcome['records'] = []
const NOTHING: Outcome = { records: NO_RECORDS, missed: undefined, unsettled: false }

/** A call of which nothing is known yet. */
export const blank = (callId: string): HeldCall => ({ tag: 'held', call: emptyCall(callId), revisions: NO_REVISIONS, outcome: undefined })

/** A call and what its facts come to. */
interface Evaluated {
  readonly call: Call
  readonly outcome: Outcome
}

/** The call with the miss that follows from its facts. R-settle: the latch opens when the miss no longer holds. */
const withMiss = (settings: Settings, call: Call, records: Outcome['records']): Evaluated => {
  if (!mayBeMissed(settings, call)) return { call, outcome: records === NO_RECORDS ? NOTHING : { records, missed: undefined, unsettled: false } }
  const judgement = judge(settings, call)
  const isMissed = judgement.outcome === 'missed'
  const missed = isMissed && call.settled ? missedRecord(settings, call, linksOf(settings, call), judgement) : undefined
  const unsettled = isMissed && !call.settled && isRecordedMiss(settings, linksOf(settings, call), judgement)
  return { call: call.settled && missed === undefined ? { ...call, settled: false } : call, outcome: { records, missed, unsettled } }
}

const evaluate = (settings: Settings, call: Call): Evaluated => {
  const links = call.linked ? linksOf(settings, call) : NO_LINKS
  const records = call.legs.map((leg) => legRecord(settings, call, links, leg))
  return withMiss(settings, call, records.some((record) => record !== undefined) ? records : NO_RECORDS)
}

const outcomeOf = (settings: Settings, { call, outcome }: HeldCall): Outcome => outcome ?? evaluate(settings, call).outcome

const held = ({ call, outcome }: Evaluated, revisions: Revisions): HeldCall => ({
  tag: 'held',
  call,
  revisions,
  outcome: outcome.unsettled || hasOpenLeg(call) ? outcome : undefined
})

/** The state of a call again from what was saved of it. */
export const restore = (settings: Settings, { call, revisions }: SavedCall): HeldCall => held(evaluate(settings, call), revisions)

/** What of it is saved: its facts. */
export const savedOf = ({ call, revisions }: HeldCall): SavedCall => ({ call, revisions })

/** Where no leg begins. */
const NOWHERE = Infinity

/**
 * The call with other facts, and what changed of its records: leg by leg in the order of their keys, then the miss.
 * No leg ever goes away; one may have begun at a place.
 */
const moveOn = (settings: Settings, state: HeldCall, call: Call, begins: number): HeldStep => {
  const before = outcomeOf(settings, state)
  const after = evaluate(settings, call)
  const told: Told = { revisions: state.revisions, changes: [] }
  for (let place = 0; place < call.legs.length; place++) {
    const previous = place < begins ? before.records[place] : place === begins ? undefined : before.records[place - 1]
    tell(told, previous, after.outcome.records[place])
  }
  tell(told, before.missed, after.outcome.missed)
  return [held(after, told.revisions), told.changes]
}

/** The same, where the history has a word: a leg of the history may turn out to be one of the webhooks', and go away. */
const moveAnew = (settings: Settings, state: HeldCall, call: Call): HeldStep => {
  const byId = (records: ReadonlyArray<CallRecord>): ReadonlyMap<string, CallRecord> => new Map(records.map((record) => [record.id, record]))
  const before = byId(recordsOf(outcomeOf(settings, state)))
  const after = evaluate(settings, call)
  const records = byId(recordsOf(after.outcome))
  const told: Told = { revisions: state.revisions, changes: [] }
  for (const id of [...new Set([...before.keys(), ...records.keys()])].sort()) tell(told, before.get(id), records.get(id))
  return [held(after, told.revisions), told.changes]
}

/** The records with that of one leg, which may begin. */
const withRecord = (records: Outcome['records'], { legs }: Call, place: number, record: LegRecord | undefined, begins: boolean): Outcome['records'] => {
  if (records !== NO_RECORDS) return begins ? inserted(records, place, record) : exchanged(records, place, record)
  return record === undefined ? NO_RECORDS : legs.map((_, i) => (i === place ? record : undefined))
}

/** The same, where only one leg matters: most events are of this kind, and a queue may ring two hundred phones. */
const moveOneLegOn = (settings: Settings, state: HeldCall, { call, place, before: legBefore }: Added, leg: Leg): HeldStep => {
  const before = outcomeOf(settings, state)
  const record = legRecord(settings, call, NO_LINKS, leg)
  const previous = legBefore === undefined ? undefined : before.records[place]
  const after = withMiss(settings, call, withRecord(before.records, call, place, record, legBefore === undefined))
  if (previous === record && before.missed === after.outcome.missed) return [held(after, state.revisions), NO_CHANGES]
  const told: Told = { revisions: state.revisions, changes: [] }
  tell(told, previous, record)
  tell(told, before.missed, after.outcome.missed)
  return [held(after, told.revisions), told.changes]
}

/** Only this leg's record, and the miss, can be others: the legs are not linked, nor by what the event told of the call. */
const isAlone = (before: Call, { call }: Added): boolean =>
  !call.linked && (before.legs.length === 0 || (before.callBack === call.callBack && before.entry === call.entry))

/** Takes an event in. */
export const takeEvent = (settings: Settings, state: HeldCall, event: CallEvent): HeldStep => {
  const added = addEvent(settings, state.call, event)
  if (added.call === state.call) return [state, NO_CHANGES]
  const { leg } = added
  if (leg === undefined) return moveAnew(settings, state, added.call)
  return isAlone(state.call, added)
    ? moveOneLegOn(settings, state, added, leg)
    : moveOn(settings, state, added.call, added.before === undefined ? added.place : NOWHERE)
}

/** Takes the application's word that it placed the call. */
export const takePlaced = (settings: Settings, state: HeldCall, placed: Placed): HeldStep =>
  moveOn(settings, state, addPlaced(state.call, placed), NOWHERE)

const isUnsettled = ({ outcome }: HeldCall): boolean => outcome?.unsettled === true

const settlesWhen = (settings: Settings, state: HeldCall): EpochMicros => (isUnsettled(state) ? settlesAt(settings, state.call) : Infinity)

const letGoWhen = (settings: Settings, state: HeldCall): EpochMicros => letGoAt(settings, state.call, isUnsettled(state))

/** When a tick will next change something. */
export const dueOf = (settings: Settings, state: HeldCall): EpochMicros => Math.min(settlesWhen(settings, state), letGoWhen(settings, state))

/** R-expiry: what is still open becomes `incomplete`, what waits settles, and the oddities are told. */
export const giveUp = (settings: Settings, state: HeldCall): HeldStep => {
  // where nothing is open the records stand as they are
  const [last, changes] =
    state.outcome === undefined ? [state, NO_CHANGES] : moveOn(settings, state, { ...state.call, settled: true, givenUp: true }, NOWHERE)
  const anomalies = anomaliesOf(settings, last.call)
  return [last, anomalies.length === 0 ? changes : [...changes, ...anomalies.map((anomaly): Change => ({ change: 'anomaly', anomaly }))]]
}

/** R-settle, then R-expiry, as far as their time has come: the call goes on, or it is let go. */
export const tickHeld = (settings: Settings, state: HeldCall, now: EpochMicros): readonly [HeldCall | undefined, ReadonlyArray<Change>] => {
  if (isUnsettled(state) && now >= settlesWhen(settings, state)) {
    const [settled, changes] = moveOn(settings, state, { ...state.call, settled: true }, NOWHERE)
    const [next, later] = tickHeld(settings, settled, now)
    return [next, later.length === 0 ? changes : [...changes, ...later]]
  }
  return now >= letGoWhen(settings, state) ? [undefined, giveUp(settings, state)[1]] : [state, NO_CHANGES]
}

/** What a call comes to that is given up with these facts: R-settle and R-expiry have had their time. */
export const recordsAtTheEnd = (settings: Settings, call: Call): ReadonlyArray<CallRecord> =>
  recordsOf(evaluate(settings, { ...call, settled: true, givenUp: true }).outcome)

const recordsOf = ({ records, missed }: Outcome): ReadonlyArray<CallRecord> => [...records, missed].flatMap((record) => record ?? [])

/** The registered miss. */
export const missOf = (settings: Settings, state: HeldCall): MissedRecord | undefined => outcomeOf(settings, state).missed

/** The records as they stand. */
export const heldRecords = (settings: Settings, state: HeldCall): ReadonlyArray<CallRecord> => recordsOf(outcomeOf(settings, state))
