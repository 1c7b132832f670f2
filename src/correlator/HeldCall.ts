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
import { legRecord } from '../record/legRecord.js'
import { isRecordedMiss, missedRecord } from '../record/missedRecord.js'
import type { Change } from './Change.js'
import { tell, type Revisions, type Told } from './changes.js'

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
const linksLegs = (leg: Leg): boolean => leg.traits.direction !== 'incoming' || leg.traits.transfer

/** The records with one more at a place, behind whatever is there. */
const withRecordBehind = (records: Array<LegRecord | undefined>, place: number, record: LegRecord): Array<LegRecord | undefined> => {
  while (records.length < place) records.push(undefined)
  records.push(record)
  return records
}

/** The records with that of one leg, which may be new. */
const withRecord = (records: HeldCall['records'], place: number, record: LegRecord | undefined, isNew: boolean): HeldCall['records'] => {
  if (place < records.length) return isNew ? inserted(records, place, record) : exchanged(records, place, record)
  return record === undefined ? records : withRecordBehind(records.slice(), place, record)
}

const recordsOf = (settings: Settings, call: Call): HeldCall['records'] => {
  let records: Array<LegRecord | undefined> | undefined
  for (const [place, leg] of call.legs.entries()) {
    const record = legRecord(settings, call, leg)
    if (record !== undefined) records = withRecordBehind(records ?? [], place, record)
  }
  return records ?? NO_RECORDS
}

/** The call with the miss that follows from its facts. R-settle: the latch opens when the miss no longer holds. */
const withMiss = (settings: Settings, call: Call, records: HeldCall['records'], linked: boolean, { revisions, lookAt }: Pick<HeldCall, 'revisions' | 'lookAt'>): HeldCall => {
  const judgement = judge(settings, call)
  const missed = call.settled ? missedRecord(settings, call, judgement) : undefined
  return {
    tag: 'held',
    call: call.settled && missed === undefined ? { ...call, settled: false } : call,
    records,
    missed,
    unsettled: !call.settled && isRecordedMiss(settings, call, judgement),
    linked,
    revisions,
    lookAt
  }
}

/** Everything that follows from the facts of a call. */
const evaluate = (settings: Settings, call: Call, before: Pick<HeldCall, 'revisions' | 'lookAt'>): HeldCall =>
  withMiss(settings, call, recordsOf(settings, call), call.placed !== undefined || call.legs.some(linksLegs), before)

const withRevisions = (held: HeldCall, { revisions, changes }: Told): HeldStep => [
  revisions === held.revisions ? held : { ...held, revisions },
  changes
]

/** What changed from one state of a call to the next: leg by leg in the order of their keys, then the miss. */
const compared = (before: HeldCall, after: HeldCall): HeldStep => {
  const told: Told = { revisions: after.revisions, changes: [] }
  let place = 0
  for (const [i, leg] of after.call.legs.entries()) {
    // both are in the order of their keys, and no leg ever goes away
    const wasThere = before.call.legs[place]?.key === leg.key
    tell(told, wasThere ? before.records[place] : undefined, after.records[i])
    if (wasThere) place += 1
  }
  tell(told, before.missed, after.missed)
  return withRevisions(after, told)
}

const moveOn = (settings: Settings, before: HeldCall, call: Call): HeldStep => {
  const after = evaluate(settings, call, before)
  const nothing = after.records === NO_RECORDS && before.records === NO_RECORDS && after.missed === before.missed
  return nothing ? [after, NO_CHANGES] : compared(before, after)
}

/** Only this leg's record, and the miss, can be others: the legs do not depend on each other, nor on what the event told of the call. */
const isAlone = (before: HeldCall, { call, leg }: Added): boolean =>
  !before.linked &&
  !linksLegs(leg) &&
  (before.call.legs.length === 0 || (before.call.callBack === call.callBack && before.call.entry === call.entry))

/** The same as `moveOn`, where only one leg matters: most events are of this kind. */
const moveOneLegOn = (settings: Settings, before: HeldCall, { call, place, leg, before: legBefore }: Added): HeldStep => {
  const previous = legBefore === undefined ? undefined : before.records[place]
  const record = legRecord(settings, call, leg)
  const after = withMiss(settings, call, withRecord(before.records, place, record, legBefore === undefined), false, before)
  if (previous === record && before.missed === after.missed) return [after, NO_CHANGES]
  const told: Told = { revisions: after.revisions, changes: [] }
  tell(told, previous, record)
  tell(told, before.missed, after.missed)
  return withRevisions(after, told)
}

/** The call's state again from its facts: for a state that was saved. */
export const restore = (settings: Settings, call: Call, revisions: Revisions): HeldCall => evaluate(settings, call, { revisions, lookAt: Infinity })

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
