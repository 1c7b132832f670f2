import { cutDomain, digitsOf } from '../event/extension.js'
import { moment, type EpochMicros } from '../event/time.js'
import type { CallRecord, LegRecord, MissedRecord } from '../record/CallRecord.js'
import { beginningOf, byId, clientNumberOf, isLocal, isTalk } from './RecordedCall.js'

/**
 * A client who called in vain, and with whom nobody has talked since.
 *
 * @since 0.1.0
 * @category to call back
 */
export interface ClientToCallBack {
  /** The number, as the latest miss has it. */
  readonly number: string
  /** Its digits, by which it was compared. */
  readonly digits: string
  /** The latest name that a miss told. */
  readonly name?: string
  /** How many calls were missed since somebody last talked with the client. */
  readonly misses: number
  /** When the first of them began. */
  readonly first: EpochMicros
  /** When the last of them began. */
  readonly last: EpochMicros
  /** The IVRs, queues or phones where they were lost, each once, the latest last. */
  readonly extensions: ReadonlyArray<string>
  /** The public numbers that were called, each once, the latest last. */
  readonly dids: ReadonlyArray<string>
  /** How many calls to the client since the first of them came to no talk. */
  readonly attempts: number
  /** When the last attempt began. */
  readonly lastAttempt?: EpochMicros
}

/**
 * Whom to call back.
 *
 * @since 0.1.0
 * @category to call back
 */
export interface ToCallBack {
  /** The one who has waited longest comes first. */
  readonly clients: ReadonlyArray<ClientToCallBack>
  /** How many calls were missed whose caller hid the number: nobody knows whom to call back, nor with whom somebody talked. */
  readonly anonymous: number
}

/** What was missed, talked and tried under one number. */
interface Dealings {
  readonly misses: Array<MissedRecord>
  readonly attempts: Array<LegRecord>
  /** Until when somebody talked, the last time. */
  talkedUntil: EpochMicros
}

/** As far as it is known: of a leg whose end was lost, its answer, else its beginning. */
const knownEnd = (record: CallRecord): EpochMicros => (record.kind === 'incomplete' ? record.answeredAt ?? record.startedAt ?? -Infinity : record.endedAt)

const comparedDigits = (number: string | undefined): string => digitsOf(cutDomain(number))

const byEnd = (a: CallRecord, b: CallRecord): number => knownEnd(a) - knownEnd(b) || (a.id < b.id ? -1 : 1)

const distinct = (texts: ReadonlyArray<string | undefined>): ReadonlyArray<string> => {
  const seen = new Set<string>()
  for (const text of texts) {
    if (text === undefined) continue
    // the latest stands last
    seen.delete(text)
    seen.add(text)
  }
  return [...seen]
}

/** Each number's dealings, as far as they had ended by then. */
const dealingsByDigits = (records: Iterable<CallRecord>, until: EpochMicros): ReadonlyMap<string, Dealings> => {
  const all = new Map<string, Dealings>()
  const dealingsWith = (digits: string): Dealings => {
    const dealings = all.get(digits) ?? { misses: [], attempts: [], talkedUntil: -Infinity }
    all.set(digits, dealings)
    return dealings
  }
  for (const record of byId(records)) {
    if (knownEnd(record) > until || isLocal(record)) continue
    const dealings = dealingsWith(comparedDigits(clientNumberOf(record)))
    if (record.kind === 'missed') dealings.misses.push(record)
    else if (isTalk(record)) dealings.talkedUntil = Math.max(dealings.talkedUntil, knownEnd(record))
    else if (record.direction === 'outgoing' && record.transfer === undefined) dealings.attempts.push(record)
  }
  return all
}

const startOf = (record: CallRecord): EpochMicros => beginningOf(record) ?? 0

const clientOf = (digits: string, { misses, attempts, talkedUntil }: Dealings): ReadonlyArray<ClientToCallBack> => {
  const since = misses.filter(({ endedAt }) => endedAt >= talkedUntil).sort(byEnd)
  const [first, latest] = [since[0], since.at(-1)]
  if (first === undefined || latest === undefined) return []
  const missed = new Set(misses.map(({ callId }) => callId))
  const tried = attempts.filter((record) => knownEnd(record) > first.endedAt && !missed.has(record.callId))
  const name = since.flatMap(({ remoteName }) => remoteName ?? []).at(-1)
  const starts = since.map(startOf)
  return [
    {
      number: latest.remoteNumber ?? digits,
      digits,
      ...(name === undefined ? {} : { name }),
      misses: since.length,
      first: starts.reduce((a, b) => Math.min(a, b)),
      last: starts.reduce((a, b) => Math.max(a, b)),
      extensions: distinct(since.map(({ extension }) => extension)),
      dids: distinct(since.map(({ did }) => did)),
      attempts: tried.length,
      ...(tried.length === 0 ? {} : { lastAttempt: tried.map(startOf).reduce((a, b) => Math.max(a, b)) })
    }
  ]
}

/**
 * The clients whose calls were missed and with whom nobody has talked since, in either direction, as it was at `now`:
 * what ended later is left out. A talk counts that ended after the miss, though it may have begun before; a leg placed
 * on behalf of an extension, whose user did not talk, is no talk but an attempt. Numbers are compared by their digits:
 * that `+79160000001` and `89160000001` are the same client is for `normaliseNumber` to say, when records are made.
 * A `now` that is no moment in microseconds counts as not given: all records are taken.
 *
 * @example
 * import { toCallBack } from 'call-legs/summary'
 * const call = { v: 1, direction: 'incoming', successful: false, subCallId: '96857-a', because: [], extension: '453*887', extensionType: 'queue', rang: [] }
 * const missed = (callId, startedAt) => ({ ...call, kind: 'missed', id: `${callId}/missed`, callId, remoteNumber: '+79160000001', startedAt, endedAt: startedAt + 30_000_000 })
 * const [six, seven] = [1_780_466_400_000_000, 1_780_470_000_000_000]
 * const { clients } = toCallBack([missed('cd34', seven), missed('ab12', six)], seven + 60_000_000)
 * const who = { number: '+79160000001', digits: '79160000001', extensions: ['453*887'], dids: [] }
 * assert.deepStrictEqual(clients, [{ ...who, misses: 2, first: six, last: seven, attempts: 0 }])
 *
 * @since 0.1.0
 * @category to call back
 */
export const toCallBack = (records: Iterable<CallRecord>, now: EpochMicros): ToCallBack => {
  const dealings = dealingsByDigits(records, moment(now) ?? Infinity)
  const clients = [...dealings].flatMap(([digits, some]) => (digits === '' ? [] : clientOf(digits, some)))
  clients.sort((a, b) => a.first - b.first || (a.digits < b.digits ? -1 : 1))
  return { clients, anonymous: dealings.get('')?.misses.length ?? 0 }
}
