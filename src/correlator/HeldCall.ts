import { addEvent, addPlaced, emptyCall, type Added } from '../call/addEvent.js'
import { anomaliesOf } from '../call/anomalies.js'
import { exchanged, inserted, type Call } from '../call/Call.js'
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
import type { Change } from './Change.js'
import { NO_REVISIONS, tell, type Revisions, type Told } from './changes.js'

/** What the facts of a call come to: most events leave it as it is. */
export interface Outcome {
  /** The records of its legs, in the order of `call.legs`; behind the last record nothing: most legs that ring have none. */
  readonly records: ReadonlyArray<LegRecord | undefined>
  /** The registered miss. */
  readonly missed: MissedRecord | undefined
  /** Does a miss hold that has not settled yet? */
  readonly unsettled: boolean
  /** May the record of one leg depend on another leg? Then a change of one is a matter of all. */
  readonly linked: boolean
  readonly revisions: Revisions
}

/** A call that is held: its facts, and what follows from them. */
export interface HeldCall {
  readonly tag: 'held'
  readonly call: Call
  readonly outcome: Outcome
  /** When the correlator of all calls has an appointment to look at it: never later than it is due. A call by itself has none. */
  readonly lookAt: EpochMicros
}

/** A transition of a held call. */
export type HeldStep = readonly [HeldCall, ReadonlyArray<Change>]

const NO_CHANGES: ReadonlyArray<Change> = []
const NO_RECORDS: Outcome['records'] = []
const NOTHING: Outcome = { records: NO_RECORDS, missed: undefined, unsettled: false, linked: false, revisions: NO_REVISIONS }

const blank = (callId: string): HeldCall => ({ tag: 'held', call: emptyCall(callId), outcome: NOTHING, lookAt: Infinity })

/** A leg on which another leg's record may depend, or whose own depends on others. */
const linksLegs = (leg: Leg): boolean => leg.traits.direction !== 'incoming' || leg.traits.transfer

/** The records with one more at a place, behind whatever is there. */
const withRecordBehind = (records: Array<LegRecord | undefined>, place: number, record: LegRecord): Array<LegRecord | undefined> => {
  while (records.length < place) records.push(undefined)
  records.push(record)
  return records
}

/** The records with that of one leg, which may be new. */
const withRecord = (records: Outcome['records'], place: number, record: LegRecord | undefined, begins: boolean): Outcome['records'] => {
  if (place < records.length) return begins ? inserted(records, place, record) : exchanged(records, place, record)
  return record === undefined ? records : withRecordBehind(records.slice(), place, record)
}

const recordsOf = (settings: Settings, call: Call): Outcome['records'] => {
  let records: Array<LegRecord | undefined> | undefined
  let place = 0
  for (const leg of call.legs) {
    const record = legRecord(settings, call, leg)
    if (record !== undefined) records = withRecordBehind(records ?? [], place, record)
    place += 1
  }
  return records ?? NO_RECORDS
}

/** The call with the miss that follows from its facts. R-settle: the latch opens when the miss no longer holds. */
const withMiss = (settings: Settings, call: Call, records: Outcome['records'], linked: boolean, { outcome, lookAt }: HeldCall): HeldCall => {
  const judgement = mayBeMissed(settings, call) ? judge(settings, call) : undefined
  const missed = judgement !== undefined && call.settled ? missedRecord(settings, call, judgement) : undefined
  const unsettled = judgement !== undefined && !call.settled && isRecordedMiss(settings, call, judgement)
  const same = records === outcome.records && missed === outcome.missed && unsettled === outcome.unsettled && linked === outcome.linked
  return {
    tag: 'held',
    call: call.settled && missed === undefined ? { ...call, settled: false } : call,
    outcome: same ? outcome : { records, missed, unsettled, linked, revisions: outcome.revisions },
    lookAt
  }
}

/** Everything that follows from the facts of a call. */
const evaluate = (settings: Settings, call: Call, before: HeldCall): HeldCall =>
  withMiss(settings, call, recordsOf(settings, call), call.placed !== undefined || call.legs.some(linksLegs), before)

const withRevisions = (held: HeldCall, { revisions, changes }: Told): HeldStep => [
  revisions === held.outcome.revisions ? held : { ...held, outcome: { ...held.outcome, revisions } },
  changes
]

/** Where no leg begins. */
const NOWHERE = Infinity

/** What changed from one outcome to the next: leg by leg in the order of their keys, then the miss. No leg ever goes away; one may have begun. */
const compared = ({ records, missed }: Outcome, after: HeldCall, begins: number): HeldStep => {
  const { outcome } = after
  const told: Told = { revisions: outcome.revisions, changes: [] }
  for (let place = 0; place < after.call.legs.length; place++) {
    const previous = place < begins ? records[place] : place === begins ? undefined : records[place - 1]
    tell(told, previous, outcome.records[place])
  }
  tell(told, missed, outcome.missed)
  return withRevisions(after, told)
}

/** A leg may have begun at that place. */
const moveOn = (settings: Settings, before: HeldCall, call: Call, begins: number): HeldStep => {
  const after = evaluate(settings, call, before)
  const [was, is] = [before.outcome, after.outcome]
  const nothing = is.records === NO_RECORDS && was.records === NO_RECORDS && is.missed === was.missed
  return nothing ? [after, NO_CHANGES] : compared(was, after, begins)
}

/** Only this leg's record, and the miss, can be others: the legs do not depend on each other, nor on what the event told of the call. */
const isAlone = ({ call: before, outcome }: HeldCall, { call, leg }: Added): boolean =>
  !outcome.linked && !linksLegs(leg) && (before.legs.length === 0 || (before.callBack === call.callBack && before.entry === call.entry))

/** The same as `moveOn`, where only one leg matters: most events are of this kind. */
const moveOneLegOn = (settings: Settings, before: HeldCall, { call, place, leg, before: legBefore }: Added): HeldStep => {
  const begins = legBefore === undefined
  const { records, missed } = before.outcome
  const previous = begins ? undefined : records[place]
  const record = legRecord(settings, call, leg)
  const after = withMiss(settings, call, withRecord(records, place, record, begins), false, before)
  if (previous === record && missed === after.outcome.missed) return [after, NO_CHANGES]
  const told: Told = { revisions: after.outcome.revisions, changes: [] }
  tell(told, previous, record)
  tell(told, missed, after.outcome.missed)
  return withRevisions(after, told)
}

/** The call's state again from its facts: for a state that was saved. */
export const restore = (settings: Settings, call: Call, revisions: Revisions): HeldCall =>
  evaluate(settings, call, { tag: 'held', call, outcome: { ...NOTHING, revisions }, lookAt: Infinity })

/** Takes an event in. */
export const takeEvent = (settings: Settings, held: HeldCall | undefined, event: CallEvent): HeldStep => {
  const before = held ?? blank(event.callId)
  const added = addEvent(settings, before.call, event)
  if (added.call === before.call) return [before, NO_CHANGES]
  return isAlone(before, added)
    ? moveOneLegOn(settings, before, added)
    : moveOn(settings, before, added.call, added.before === undefined ? added.place : NOWHERE)
}

/** Takes the application's word that it placed the call. */
export const takePlaced = (settings: Settings, held: HeldCall | undefined, placed: Placed): HeldStep => {
  const before = held ?? blank(placed.callId.toLowerCase())
  return moveOn(settings, before, addPlaced(before.call, placed), NOWHERE)
}

const settlesWhen = (settings: Settings, { call, outcome }: HeldCall): EpochMicros => (outcome.unsettled ? settlesAt(settings, call) : Infinity)

const letGoWhen = (settings: Settings, { call, outcome }: HeldCall): EpochMicros => letGoAt(settings, call, outcome.unsettled)

/** When a tick will next change something. */
export const dueOf = (settings: Settings, held: HeldCall): EpochMicros => Math.min(settlesWhen(settings, held), letGoWhen(settings, held))

/** What a tick makes of a held call: it goes on, or it is let go. */
export type Ticked = readonly [HeldCall | undefined, ReadonlyArray<Change>]

/** R-expiry: what is still open becomes `incomplete`, what waits settles, and the oddities are told. */
export const giveUp = (settings: Settings, held: HeldCall): HeldStep => {
  const { call, outcome } = held
  const [last, changes] = moveOn(settings, held, { ...call, settled: call.settled || outcome.unsettled, givenUp: true }, NOWHERE)
  const anomalies = anomaliesOf(settings, last.call).map((anomaly): Change => ({ change: 'anomaly', anomaly }))
  return [last, anomalies.length === 0 ? changes : [...changes, ...anomalies]]
}

/** R-settle, then R-expiry, as far as their time has come. */
export const tickHeld = (settings: Settings, held: HeldCall, now: EpochMicros): Ticked => {
  if (held.outcome.unsettled && now >= settlesWhen(settings, held)) {
    const [settled, changes] = moveOn(settings, held, { ...held.call, settled: true }, NOWHERE)
    const [next, later] = tickHeld(settings, settled, now)
    return [next, later.length === 0 ? changes : [...changes, ...later]]
  }
  return now >= letGoWhen(settings, held) ? [undefined, giveUp(settings, held)[1]] : [held, NO_CHANGES]
}

/** The records as they stand. */
export const heldRecords = ({ outcome: { records, missed } }: HeldCall): ReadonlyArray<CallRecord> => {
  const ofLegs = records.flatMap((record): ReadonlyArray<CallRecord> => (record === undefined ? [] : [record]))
  return missed === undefined ? ofLegs : [...ofLegs, missed]
}

/** Is nothing of the call open any more? */
export const isQuiet = ({ call, outcome }: HeldCall): boolean => !outcome.unsettled && !hasOpenLeg(call)
