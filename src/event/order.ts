import type { CallEvent, Parties } from './CallEvent.js'

const KIND_ORDER = { dial: 0, answer: 1, hangup: 2 } as const

/** Do two events tell the same about who is on the line? */
export const sameParties = (a: Parties, b: Parties): boolean =>
  a === b ||
  (a.callerNumber === b.callerNumber &&
    a.calledNumber === b.calledNumber &&
    a.callerName === b.callerName &&
    a.did === b.did &&
    a.callerExtension === b.callerExtension &&
    a.callerExtensionId === b.callerExtensionId &&
    a.calledExtension === b.calledExtension &&
    a.calledExtensionId === b.calledExtensionId &&
    a.remoteNumber === b.remoteNumber &&
    a.callApiId === b.callApiId)

const sameInvalid = (a: CallEvent['invalid'], b: CallEvent['invalid']): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.length === b.length &&
    a.every(({ field, value }, i) => b[i] !== undefined && b[i].field === field && b[i].value === value))

/** Are two events of one leg the same event, sent twice? When they were received does not matter. */
export const sameEvent = (a: CallEvent, b: CallEvent): boolean =>
  a.at === b.at &&
  a.kind === b.kind &&
  a.direction === b.direction &&
  a.status === b.status &&
  a.talkTime === b.talkTime &&
  a.recordingId === b.recordingId &&
  a.bridged === b.bridged &&
  a.transferred === b.transferred &&
  a.callBackId === b.callBackId &&
  a.extensionType === b.extensionType &&
  a.toldBy === b.toldBy &&
  sameInvalid(a.invalid, b.invalid) &&
  sameParties(a.parties, b.parties)

/** The facts of an event in a fixed order, `null` where there is none. */
const facts = ({ parties, ...event }: CallEvent): ReadonlyArray<string | null> => [
  event.direction ?? null,
  parties.callerNumber ?? null,
  parties.callerName ?? null,
  parties.calledNumber ?? null,
  parties.did ?? null,
  parties.callerExtension ?? null,
  parties.callerExtensionId ?? null,
  parties.calledExtension ?? null,
  parties.calledExtensionId ?? null,
  parties.remoteNumber ?? null,
  parties.callApiId ?? null,
  event.status ?? null,
  event.talkTime === undefined ? null : String(event.talkTime),
  event.recordingId ?? null,
  event.bridged ?? null,
  event.transferred === undefined ? null : 'yes',
  event.callBackId ?? null,
  event.extensionType ?? null
]

const keptFields = (event: CallEvent): number => facts(event).filter((fact) => fact !== null).length

const textOf = (event: CallEvent): string =>
  JSON.stringify([...facts(event), event.invalid?.map(({ field, value }) => `${field}=${value}`) ?? null])

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Which of two events of one kind at the same time counts: the one with more kept fields, then the greater by its text. */
export const byWeight = (a: CallEvent, b: CallEvent): number => keptFields(a) - keptFields(b) || compareText(textOf(a), textOf(b))

/** The order in which the events of a call happened; of those at the same time by kind, then by text. */
export const byTime = (a: CallEvent, b: CallEvent): number =>
  a.at - b.at || KIND_ORDER[a.kind] - KIND_ORDER[b.kind] || compareText(textOf(a), textOf(b))
