import { addEvent, addPlaced, emptyCall } from '../call/addEvent.js'
import { anomaliesOf } from '../call/anomalies.js'
import type { Call } from '../call/Call.js'
import { judge } from '../call/missed.js'
import type { Placed } from '../call/Placed.js'
import { hasOpenLeg, letGoAt, settlesAt } from '../call/waiting.js'
import type { Settings } from '../config/Config.js'
import type { CallEvent } from '../event/CallEvent.js'
import type { EpochMicros } from '../event/time.js'
import type { Leg } from '../leg/Leg.js'
import type { CallRecord, LegRecord, MissedRecord } from '../record/CallRecord.js'
import { judgeLeg } from '../record/legRecord.js'
import { missedRecord } from '../record/missedRecord.js'
import { sameRecord } from '../record/sameRecord.js'
import type { Change } from './Change.js'

/** The revisions of records that changed after they were registered. A registered record that is not here has revision 1. */
export type Revisions = Readonly<Record<string, number>>

/** A call that is held: its facts, and the records that follow from them. */
export interface HeldCall {
  readonly call: Call
  /** The records of its legs, in the order of `call.legs`. */
  readonly records: ReadonlyArray<LegRecord | undefined>
  /** The registered miss. */
  readonly missed: MissedRecord | undefined
  /** Does a miss hold that has not settled yet? */
  readonly unsettled: boolean
  readonly revisions: Revisions
}

const NO_REVISIONS: Revisions = {}
const NO_CHANGES: ReadonlyArray<Change> = []

/** A leg on which another leg's record may depend: only then a change of one leg is a matter of the others. */
const linksLegs = (leg: Leg): boolean => leg.direction !== 'incoming' || leg.transfer

/** Can a record of one call be taken over into the other, if its leg is the same? */
const independent = (before: Call, after: Call): boolean =>
  before.callBack === after.callBack &&
  before.placed === after.placed &&
  before.entry === after.entry &&
  before.givenUp === after.givenUp &&
  after.placed === undefined &&
  !after.legs.some(linksLegs)

const recordsOf = (settings: Settings, before: HeldCall | undefined, call: Call): ReadonlyArray<LegRecord | undefined> => {
  const kept = before !== undefined && independent(before.call, call) ? before : undefined
  let place = 0
  return call.legs.map((leg) => {
    // both are in the order of their keys, and no leg ever goes away
    if (kept !== undefined && kept.call.legs[place]?.facts.key === leg.facts.key) {
      if (kept.call.legs[place] === leg) return kept.records[place++]
      place++
    }
    const verdict = judgeLeg(settings, call, leg)
    return verdict.outcome === 'record' ? verdict.record : undefined
  })
}

/** What follows from the facts of a call. R-settle: the latch opens when the miss no longer holds. */
const evaluate = (settings: Settings, before: HeldCall | undefined, call: Call): HeldCall => {
  const records = recordsOf(settings, before, call)
  const miss = missedRecord(settings, call, judge(settings, call))
  const settled = call.settled && miss !== undefined
  return {
    call: settled === call.settled ? call : { ...call, settled },
    records,
    missed: settled ? miss : undefined,
    unsettled: miss !== undefined && !settled,
    revisions: before?.revisions ?? NO_REVISIONS
  }
}

/** What changed between two states of a call: leg by leg in the order of their keys, then the miss. */
const changesBetween = (before: HeldCall | undefined, after: HeldCall): readonly [HeldCall, ReadonlyArray<Change>] => {
  const changes: Array<Change> = []
  let revisions = after.revisions
  const compare = (previous: CallRecord | undefined, record: CallRecord | undefined): void => {
    if (record === undefined && previous === undefined) return
    if (record !== undefined && previous !== undefined && sameRecord(previous, record)) return
    const id = record?.id ?? previous?.id ?? ''
    const revision = (revisions[id] ?? (previous === undefined ? 0 : 1)) + 1
    if (revision > 1) revisions = { ...revisions, [id]: revision }
    if (record === undefined) {
      if (previous !== undefined) changes.push({ change: 'retracted', revision, previous })
    } else if (previous === undefined) changes.push({ change: 'registered', revision, record })
    else changes.push({ change: 'revised', revision, record, previous })
  }
  const known = before?.call.legs ?? []
  let place = 0
  after.call.legs.forEach((leg, i) => {
    const wasThere = known[place]?.facts.key === leg.facts.key
    compare(wasThere ? before?.records[place] : undefined, after.records[i])
    if (wasThere) place++
  })
  compare(before?.missed, after.missed)
  if (changes.length === 0) return [after, NO_CHANGES]
  return [revisions === after.revisions ? after : { ...after, revisions }, changes]
}

const moveOn = (settings: Settings, before: HeldCall | undefined, call: Call): readonly [HeldCall, ReadonlyArray<Change>] =>
  changesBetween(before, evaluate(settings, before, call))

/** The call's state again from its facts: for a state that was saved. */
export const restore = (settings: Settings, call: Call, revisions: Revisions): HeldCall => ({
  ...evaluate(settings, undefined, call),
  revisions
})

/** Takes an event in. */
export const takeEvent = (settings: Settings, held: HeldCall | undefined, event: CallEvent): readonly [HeldCall, ReadonlyArray<Change>] => {
  const known = held?.call ?? emptyCall(event.callId)
  const call = addEvent(settings, known, event)
  if (held !== undefined && call === known) return [held, NO_CHANGES]
  return moveOn(settings, held, call)
}

/** Takes the application's word that it placed the call. */
export const takePlaced = (settings: Settings, held: HeldCall | undefined, placed: Placed): readonly [HeldCall, ReadonlyArray<Change>] =>
  moveOn(settings, held, addPlaced(held?.call ?? emptyCall(placed.callId.toLowerCase()), placed))

const settlesWhen = (settings: Settings, held: HeldCall): EpochMicros => (held.unsettled ? settlesAt(settings, held.call) : Infinity)

const letGoWhen = (settings: Settings, held: HeldCall): EpochMicros => letGoAt(settings, held.call, held.unsettled)

/** When a tick will next change something. */
export const dueOf = (settings: Settings, held: HeldCall): EpochMicros => Math.min(settlesWhen(settings, held), letGoWhen(settings, held))

/** What a tick makes of a held call: it goes on, or it is let go. */
export type Ticked = { readonly held: HeldCall | undefined; readonly changes: ReadonlyArray<Change> }

/** R-expiry: what is still open becomes `incomplete`, what waits settles, and the oddities are told. */
export const giveUp = (settings: Settings, held: HeldCall): Ticked & { readonly last: HeldCall } => {
  const [last, changes] = moveOn(settings, held, { ...held.call, settled: true, givenUp: true })
  const anomalies = anomaliesOf(settings, last.call).map((anomaly): Change => ({ change: 'anomaly', anomaly }))
  return { held: undefined, changes: anomalies.length === 0 ? changes : [...changes, ...anomalies], last }
}

/** R-settle, then R-expiry, as far as their time has come. */
export const tickHeld = (settings: Settings, held: HeldCall, now: EpochMicros): Ticked => {
  if (held.unsettled && now >= settlesWhen(settings, held)) {
    const [settled, changes] = moveOn(settings, held, { ...held.call, settled: true })
    const next = tickHeld(settings, settled, now)
    return { held: next.held, changes: [...changes, ...next.changes] }
  }
  return now >= letGoWhen(settings, held) ? giveUp(settings, held) : { held, changes: NO_CHANGES }
}

/** The records as they stand. */
export const heldRecords = (held: HeldCall): ReadonlyArray<CallRecord> => {
  const records = held.records.flatMap((record): ReadonlyArray<CallRecord> => (record === undefined ? [] : [record]))
  return held.missed === undefined ? records : [...records, held.missed]
}

/** Is nothing of the call open any more? */
export const isQuiet = (held: HeldCall): boolean => !held.unsettled && !hasOpenLeg(held.call)
