import { addEvent, addPlaced, emptyCall, type Added } from '../call/addEvent.js'
import { anomaliesOf } from '../call/anomalies.js'
import { exchanged, inserted, type Call } from '../call/Call.js'
import { judge } from '../call/missed.js'
import type { Placed } from '../call/Placed.js'
import { hasOpenLeg, letGoAt, settlesAt } from '../call/waiting.js'
import type { Settings } from '../config/Config.js'
import type { CallEvent } from '../event/CallEvent.js'
import type { EpochMicros } from '../event/time.js'
import type { Leg } from '../leg/Leg.js'
import type { CallRecord, LegRecord, MissedRecord } from '../record/CallRecord.js'
import { judgeLeg } from '../record/legRecord.js'
import { isRecordedMiss, missedRecord } from '../record/missedRecord.js'
import type { Change } from './Change.js'
import { changesOf, type Comparison } from './changes.js'

/** The revisions of records that changed after they were registered. A registered record that is not here has revision 1. */
export type Revisions = Readonly<Record<string, number>>

/** A call that is held: its facts, and the records that follow from them. */
export interface HeldCall {
  readonly tag: 'held'
  readonly call: Call
  /** The records of its legs, in the order of `call.legs`; behind the last record nothing: most legs that ring have none. */
  readonly records: ReadonlyArray<LegRecord | undefined>
  /** The registered miss. */
  readonly missed: MissedRecord | undefined
  /** Does a miss hold that has not settled yet? */
  readonly unsettled: boolean
  /** May the record of one leg depend on another leg? Then a change of one is a matter of all. */
  readonly linked: boolean
  readonly revisions: Revisions
  /** When the correlator of all calls has an appointment to look at it: never later than it is due. A call by itself has none. */
  readonly lookAt: EpochMicros
}

/** A transition of a held call. */
export type HeldStep = readonly [HeldCall, ReadonlyArray<Change>]

const NO_CHANGES: ReadonlyArray<Change> = []

const NO_REVISIONS: Revisions = {}
const NO_RECORDS: HeldCall['records'] = []

const blank = (callId: string): HeldCall => ({
  tag: 'held',
  call: emptyCall(callId),
  records: NO_RECORDS,
  missed: undefined,
  unsettled: false,
  linked: false,
  revisions: NO_REVISIONS,
  lookAt: Infinity
})

/** A leg on which another leg's record may depend, or whose own depends on others. */
const linksLegs = (leg: Leg): boolean => leg.direction !== 'incoming' || leg.transfer

const recordOf = (settings: Settings, call: Call, leg: Leg): LegRecord | undefined => {
  const verdict = judgeLeg(settings, call, leg)
  return verdict.outcome === 'record' ? verdict.record : undefined
}

/** The miss that follows from the facts. R-settle: the latch opens when the miss no longer holds. */
const missOf = (settings: Settings, call: Call): Pick<HeldCall, 'call' | 'missed' | 'unsettled'> => {
  const judgement = judge(settings, call)
  if (!call.settled) return { call, missed: undefined, unsettled: isRecordedMiss(settings, call, judgement) }
  const missed = missedRecord(settings, call, judgement)
  return { call: missed === undefined ? { ...call, settled: false } : call, missed, unsettled: false }
}

const recordsOf = (settings: Settings, call: Call): HeldCall['records'] => {
  const records = call.legs.map((leg) => recordOf(settings, call, leg))
  return records.every((record) => record === undefined) ? NO_RECORDS : records
}

/** Everything that follows from the facts of a call. */
const evaluate = (settings: Settings, call: Call, revisions: Revisions, lookAt: EpochMicros): HeldCall => ({
  tag: 'held',
  ...missOf(settings, call),
  records: recordsOf(settings, call),
  linked: call.placed !== undefined || call.legs.some(linksLegs),
  revisions,
  lookAt
})

/** The records of two states of a call side by side: leg by leg in the order of their keys, then the miss. */
const sideBySide = (before: HeldCall, after: HeldCall): ReadonlyArray<Comparison> => {
  let place = 0
  const legs = after.call.legs.map((leg, i): Comparison => {
    // both are in the order of their keys, and no leg ever goes away
    const wasThere = before.call.legs[place]?.key === leg.key
    return { previous: wasThere ? before.records[place++] : undefined, record: after.records[i] }
  })
  return [...legs, { previous: before.missed, record: after.missed }]
}

const compared = (after: HeldCall, comparisons: ReadonlyArray<Comparison>): HeldStep => {
  const { changes, revisions } = changesOf(after.revisions, comparisons)
  return [revisions === after.revisions ? after : { ...after, revisions }, changes]
}

const moveOn = (settings: Settings, before: HeldCall, call: Call): HeldStep => {
  const after = evaluate(settings, call, before.revisions, before.lookAt)
  return compared(after, sideBySide(before, after))
}

/** Only this leg's record, and the miss, can be others: the legs do not depend on each other, nor on what the event told of the call. */
const isAlone = (before: HeldCall, { call, place }: Added): boolean => {
  const leg = call.legs[place]
  return (
    !before.linked &&
    before.call.callBack === call.callBack &&
    before.call.entry === call.entry &&
    leg !== undefined &&
    !linksLegs(leg)
  )
}

/** The records with that of one leg, which may be new. */
const withRecord = (records: HeldCall['records'], place: number, record: LegRecord | undefined, isNew: boolean): HeldCall['records'] => {
  if (place < records.length) return isNew ? inserted(records, place, record) : exchanged(records, place, record)
  if (record === undefined) return records
  return [...records, ...Array.from({ length: place - records.length }, () => undefined), record]
}

/** The same as `moveOn`, where only one leg matters: most events are of this kind. */
const moveOneLegOn = (settings: Settings, before: HeldCall, { call, place, before: leg }: Added): HeldStep => {
  const changed = call.legs[place]
  const record = changed === undefined ? undefined : recordOf(settings, call, changed)
  const previous = leg === undefined ? undefined : before.records[place]
  const records = withRecord(before.records, place, record, leg === undefined)
  const { call: settledCall, missed, unsettled } = missOf(settings, call)
  const { revisions, lookAt } = before
  const after: HeldCall = { tag: 'held', call: settledCall, records, missed, unsettled, linked: false, revisions, lookAt }
  if (record === undefined && previous === undefined && missed === undefined && before.missed === undefined) return [after, NO_CHANGES]
  return compared(after, [
    { previous, record },
    { previous: before.missed, record: missed }
  ])
}

/** The call's state again from its facts: for a state that was saved. */
export const restore = (settings: Settings, call: Call, revisions: Revisions): HeldCall => evaluate(settings, call, revisions, Infinity)

/** Takes an event in. */
export const takeEvent = (settings: Settings, held: HeldCall | undefined, event: CallEvent): HeldStep => {
  const before = held ?? blank(event.callId)
  const added = addEvent(settings, before.call, event)
  if (added.call === before.call) return [before, NO_CHANGES]
  return isAlone(before, added) ? moveOneLegOn(settings, before, added) : moveOn(settings, before, added.call)
}

/** Takes the application's word that it placed the call. */
export const takePlaced = (settings: Settings, held: HeldCall | undefined, placed: Placed): HeldStep => {
  const before = held ?? blank(placed.callId.toLowerCase())
  return moveOn(settings, before, addPlaced(before.call, placed))
}

const settlesWhen = (settings: Settings, held: HeldCall): EpochMicros => (held.unsettled ? settlesAt(settings, held.call) : Infinity)

const letGoWhen = (settings: Settings, held: HeldCall): EpochMicros => letGoAt(settings, held.call, held.unsettled)

/** When a tick will next change something. */
export const dueOf = (settings: Settings, held: HeldCall): EpochMicros => Math.min(settlesWhen(settings, held), letGoWhen(settings, held))

/** What a tick makes of a held call: it goes on, or it is let go. */
export type Ticked = readonly [HeldCall | undefined, ReadonlyArray<Change>]

/** R-expiry: what is still open becomes `incomplete`, what waits settles, and the oddities are told. */
export const giveUp = (settings: Settings, held: HeldCall): HeldStep => {
  const [last, changes] = moveOn(settings, held, { ...held.call, settled: true, givenUp: true })
  const anomalies = anomaliesOf(settings, last.call).map((anomaly): Change => ({ change: 'anomaly', anomaly }))
  return [last, anomalies.length === 0 ? changes : [...changes, ...anomalies]]
}

/** R-settle, then R-expiry, as far as their time has come. */
export const tickHeld = (settings: Settings, held: HeldCall, now: EpochMicros): Ticked => {
  if (held.unsettled && now >= settlesWhen(settings, held)) {
    const [settled, changes] = moveOn(settings, held, { ...held.call, settled: true })
    const [next, later] = tickHeld(settings, settled, now)
    return [next, later.length === 0 ? changes : [...changes, ...later]]
  }
  return now >= letGoWhen(settings, held) ? [undefined, giveUp(settings, held)[1]] : [held, NO_CHANGES]
}

/** The records as they stand. */
export const heldRecords = (held: HeldCall): ReadonlyArray<CallRecord> => {
  const records = held.records.flatMap((record): ReadonlyArray<CallRecord> => (record === undefined ? [] : [record]))
  return held.missed === undefined ? records : [...records, held.missed]
}

/** Is nothing of the call open any more? */
export const isQuiet = (held: HeldCall): boolean => !held.unsettled && !hasOpenLeg(held.call)
