import type { Anomaly } from '../call/Anomaly.js'
import type { CallEvent } from '../event/CallEvent.js'
import { clock } from '../event/clock.js'
import { cutDomain } from '../event/extension.js'
import type { EpochMicros } from '../event/time.js'
import type { CallExplanation, LegExplanation } from '../reducer/Explanation.js'

/** How a leg went, as it is drawn. */
export interface Course {
  readonly leg: LegExplanation
  /** What an IVR or a queue does with a caller is no ringing. */
  readonly waits: boolean
  readonly begins: EpochMicros
  /** Never before it begins. */
  readonly answered: EpochMicros | undefined
  /** Never before it is answered; absent: it never hung up. */
  readonly ends: EpochMicros | undefined
  readonly hangup: CallEvent | undefined
  readonly anomalies: ReadonlyArray<Anomaly>
  /** Does the miss of the call stand here? */
  readonly missed: boolean
}

const counting = ({ events }: LegExplanation, kind: CallEvent['kind']): CallEvent | undefined => events.find((event) => event.kind === kind)

const noEarlier = (at: EpochMicros | undefined, than: EpochMicros): EpochMicros | undefined => (at === undefined ? undefined : Math.max(at, than))

const isForward = ({ leg }: LegExplanation): boolean => leg.endsWith('/transferred')

const courseOf = (leg: LegExplanation, { missed, anomalies }: CallExplanation): Course => {
  const [dial, answer, hangup] = [counting(leg, 'dial'), counting(leg, 'answer'), counting(leg, 'hangup')]
  const begins = dial?.at ?? leg.events.reduce((first, { at }) => Math.min(first, at), Infinity)
  const answered = noEarlier(answer?.at, begins)
  return {
    leg,
    waits: leg.extensionType !== 'phone' && leg.extensionType !== 'fax' && !isForward(leg),
    begins,
    answered,
    ends: noEarlier(hangup?.at, answered ?? begins),
    hangup,
    anomalies: anomalies.filter((anomaly) => anomaly.leg === leg.leg),
    missed: missed.record !== undefined && leg.leg === missed.record.subCallId
  }
}

/** The legs of a call in the order in which they began. */
export const coursesOf = (explanation: CallExplanation): ReadonlyArray<Course> =>
  explanation.legs.filter(({ events }) => events.length > 0).map((leg) => courseOf(leg, explanation))

/** Where a transfer comes from: the leg before it, among these. */
export const transferredFrom = ({ leg }: Course, courses: ReadonlyArray<Course>): Course | undefined => {
  const subCallId = leg.record?.transfer?.from?.subCallId
  return subCallId === undefined ? undefined : courses.find((other) => other.leg.leg === subCallId)
}

/** From the first event to the last, or to `now`, if that is later and a leg is open. */
export const spanOf = (courses: ReadonlyArray<Course>, now: EpochMicros | undefined): readonly [from: EpochMicros, to: EpochMicros] => {
  let [from, to] = [Infinity, 0]
  for (const { begins, answered, ends, leg } of courses) {
    from = Math.min(from, begins)
    to = Math.max(to, begins, answered ?? 0, ends ?? 0, ...leg.events.map(({ at }) => at))
    if (ends === undefined) to = Math.max(to, now ?? 0)
  }
  return Number.isFinite(from) ? [from, to] : [0, 0]
}

/** The extension, without its host, or else the leg. */
export const nameOf = ({ leg }: Course): string => cutDomain(leg.extension) ?? leg.leg

/** What became of a leg, in a few words. */
export const outcomeOf = ({ leg, waits, hangup, answered, ends }: Course): string => {
  const { record } = leg
  if (record === undefined) return !waits ? leg.verdict : hangup?.bridged === undefined ? 'no record' : `says Bridged=${hangup.bridged}`
  if (record.successful) return record.talkTime === undefined ? record.kind : `${record.kind}, talked ${clock(record.talkTime)}`
  if (record.kind === 'unsuccessful') return `unsuccessful, ${record.cause}`
  return answered === undefined || ends !== undefined ? record.kind : 'incomplete: talked, and no hangup was seen'
}
