import type { CallEvent } from '../../src/event/CallEvent.js'
import type { EpochMicros } from '../../src/event/time.js'

const KINDS = ['dial', 'answer', 'hangup'] as const

const PARTIES = [
  'callerNumber', 'callerName', 'calledNumber', 'did', 'callerExtension', 'callerExtensionId',
  'calledExtension', 'calledExtensionId', 'remoteNumber', 'callApiId'
] as const

const OTHER_FACTS = ['direction', 'status', 'talkTime', 'recordingId', 'bridged', 'transferred', 'callBackId', 'extensionType'] as const

/** Negative, zero or positive as the first text stands before, at or after the second: by code units. */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The text of an event: what it says, save what it is of and when. */
const textOf = (event: CallEvent): string =>
  JSON.stringify([
    event.direction ?? null,
    ...PARTIES.map((party) => event.parties[party] ?? null),
    event.status ?? null,
    event.talkTime === undefined ? null : String(event.talkTime),
    event.recordingId ?? null,
    event.bridged ?? null,
    event.transferred ? 'yes' : null,
    event.callBackId ?? null,
    event.extensionType ?? null,
    event.invalid === undefined ? null : event.invalid.map(({ field, value }) => `${field}=${value}`)
  ])

/** How many of the fields that count for R-facts are there. */
const keptFields = (event: CallEvent): number =>
  PARTIES.filter((party) => event.parties[party] !== undefined).length +
  OTHER_FACTS.filter((fact) => event[fact] !== undefined).length

/** Two events are the same if every fact but the time of receipt is equal. */
const identityOf = (event: CallEvent): string =>
  JSON.stringify([event.kind, event.callId, event.subCallId, event.at, textOf(event), event.invalid ?? null, event.toldBy ?? null])

/** "The records depend only on the set of events": each event once, the earliest first. */
export const setOf = (events: ReadonlyArray<CallEvent>): ReadonlyArray<CallEvent> =>
  [...new Map(events.map((event) => [identityOf(event), event])).values()].sort(
    (a, b) => a.at - b.at || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || byCodeUnits(textOf(a), textOf(b))
  )

/** Of two at the same time the one with more kept fields counts, then the greater by their text. */
const byWeight = (a: CallEvent, b: CallEvent): number => keptFields(b) - keptFields(a) || byCodeUnits(textOf(b), textOf(a))

export const earliest = (events: ReadonlyArray<CallEvent>): CallEvent | undefined =>
  [...events].sort((a, b) => a.at - b.at || byWeight(a, b))[0]

const latest = (events: ReadonlyArray<CallEvent>): CallEvent | undefined =>
  [...events].sort((a, b) => b.at - a.at || byWeight(a, b))[0]

/** The three events of a leg that count. */
export interface Facts {
  readonly dial: CallEvent | undefined
  readonly answer: CallEvent | undefined
  readonly hangup: CallEvent | undefined
}

/** R-facts: The latest hangup counts, but a hangup with `ANSWER` before one without (a second end must not undo a talk). */
export const countingHangup = (hangups: ReadonlyArray<CallEvent>): CallEvent | undefined =>
  latest(hangups.filter(({ status }) => status === 'ANSWER')) ?? latest(hangups)

/** R-facts: A `Duration` or `RecID` that the counting hangup lacks is that of the latest other hangup that has it. */
const completedHangup = (hangups: ReadonlyArray<CallEvent>): CallEvent | undefined => {
  const counting = countingHangup(hangups)
  return counting === undefined
    ? undefined
    : {
        ...counting,
        talkTime: counting.talkTime ?? latest(hangups.filter(({ talkTime }) => talkTime !== undefined))?.talkTime,
        recordingId: counting.recordingId ?? latest(hangups.filter(({ recordingId }) => recordingId !== undefined))?.recordingId
      }
}

/**
 * R-facts: Of several different events of a kind in one leg the earliest dial, the earliest answer and the latest hangup count; of two
 * at the same time the one with more kept fields counts, then the greater by their text.
 */
export const countingFacts = (events: ReadonlyArray<CallEvent>): Facts => ({
  dial: earliest(events.filter((event) => event.kind === 'dial')),
  answer: earliest(events.filter((event) => event.kind === 'answer')),
  hangup: completedHangup(events.filter((event) => event.kind === 'hangup'))
})

/** R-facts: A field that only some of the events carry is taken from dial, answer, hangup in this order. */
export const firstOf = <A>({ dial, answer, hangup }: Facts, field: (event: CallEvent) => A | undefined): A | undefined =>
  [dial, answer, hangup].map((event) => (event === undefined ? undefined : field(event))).find((value) => value !== undefined)

/** When these events happened, ascending and without repeats. */
export const timesOf = (events: ReadonlyArray<CallEvent>): ReadonlyArray<EpochMicros> =>
  [...new Set(events.map((event) => event.at))].sort((a, b) => a - b)
