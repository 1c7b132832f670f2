import type { CallEvent, Parties } from './CallEvent.js'
import type { EventFacts, MoreFacts } from './EventFacts.js'

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

/** Do two events tell the same of what a dial or an answer seldom tells? */
const sameMoreFacts = (a: MoreFacts | undefined, b: MoreFacts | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.talkTime === b.talkTime &&
    a.recordingId === b.recordingId &&
    a.bridged === b.bridged &&
    a.transferred === b.transferred &&
    a.callBackId === b.callBackId &&
    a.extensionType === b.extensionType &&
    sameInvalid(a.invalid, b.invalid))

/** Are two events of one leg the same event, sent twice? When they were received does not matter. */
export const sameEvent = (a: EventFacts, b: EventFacts): boolean =>
  a.at === b.at &&
  a.kind === b.kind &&
  a.direction === b.direction &&
  a.status === b.status &&
  sameMoreFacts(a.more, b.more) &&
  sameParties(a.parties, b.parties)

/** The facts of an event in a fixed order, `null` where there is none. */
const facts = ({ parties, more, ...event }: EventFacts): ReadonlyArray<string | null> => [
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
  more?.talkTime === undefined ? null : String(more.talkTime),
  more?.recordingId ?? null,
  more?.bridged ?? null,
  more?.transferred === undefined ? null : 'yes',
  more?.callBackId ?? null,
  more?.extensionType ?? null
]

const keptFields = (event: EventFacts): number => facts(event).filter((fact) => fact !== null).length

const textOf = (event: EventFacts): string =>
  JSON.stringify([...facts(event), event.more?.invalid?.map(({ field, value }) => `${field}=${value}`) ?? null])

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Which of two events of one kind at the same time counts: the one with more kept fields, then the greater by its text. */
export const byWeight = (a: EventFacts, b: EventFacts): number => keptFields(a) - keptFields(b) || compareText(textOf(a), textOf(b))

/** The order in which the events of a call happened; of those at the same time by kind, then by text. */
export const byTime = (a: EventFacts, b: EventFacts): number =>
  a.at - b.at || KIND_ORDER[a.kind] - KIND_ORDER[b.kind] || compareText(textOf(a), textOf(b))
