import * as t from 'io-ts'
import { Json } from '../call/Placed.js'
import type { Direction } from '../event/CallEvent.js'
import type { EpochMicros, Micros } from '../event/time.js'
import type { Cause } from '../leg/status.js'
import { RULES, type RuleName } from './rules.js'

export type { Cause }

/**
 * What is known of the transfer behind a leg.
 *
 * @since 0.1.0
 * @category record
 */
export interface Transfer {
  /** The extension that transferred, and the `subCallId` of its leg before the transfer. */
  readonly from?: { readonly extension: string; readonly subCallId?: string }
  /** The call's client, on a forward outside: `remoteNumber` is then somebody else's number. */
  readonly client?: string
}

/** What the records of legs have in common. Absent facts are absent keys. */
export interface LegFields {
  /** The version of this shape. */
  readonly v: 1
  /** `<callId>/<subCallId>`, and `/transferred` behind it for a `Transfered` leg: stable for ever, upsert by it. */
  readonly id: string
  readonly direction: Direction
  readonly callId: string
  readonly subCallId: string
  /** The own extension: the employee. */
  readonly extension?: string
  /** The number of the other side. */
  readonly remoteNumber?: string
  /** The caller's name, of an incoming leg that is no transfer. */
  readonly remoteName?: string
  /** The public number by which the call entered. */
  readonly did?: string
  /** When it was dialled, if seen: microseconds since 1970 (`toDate`). */
  readonly startedAt?: EpochMicros
  /** When it was answered, if seen: microseconds since 1970. */
  readonly answeredAt?: EpochMicros
  /** The raw `CallStatus` of the hangup. */
  readonly status?: string
  /** The recording, `RecID`. */
  readonly recordingId?: string
  /** On every transfer, whatever came of it. */
  readonly transfer?: Transfer
  /** The call was started through the API: its `CallBackID`, else, for a call that the application placed, the `call_id`. */
  readonly callBackId?: string
  /** What the application said when it placed the call. */
  readonly context?: Json
  /** The leg was placed on behalf of its extension, whose user did not talk. */
  readonly onBehalf?: true
  /** The rules that made the record so. */
  readonly because: ReadonlyArray<RuleName>
}

/** A leg on which somebody talked. */
export interface SuccessfulFields extends LegFields {
  readonly successful: true
  /** When it hung up: microseconds since 1970. */
  readonly endedAt: EpochMicros
  /** Of this leg alone, in microseconds (`toSeconds`). */
  readonly talkTime?: Micros
}

/**
 * A talk.
 *
 * @since 0.1.0
 * @category record
 */
export interface AnsweredRecord extends SuccessfulFields {
  readonly kind: 'answered'
}

/**
 * A talk that followed a transfer or a forward.
 *
 * @since 0.1.0
 * @category record
 */
export interface TransferredRecord extends SuccessfulFields {
  readonly kind: 'transferred'
}

/**
 * A talk in a call that was started through the API.
 *
 * @since 0.1.0
 * @category record
 */
export interface CallbackRecord extends SuccessfulFields {
  readonly kind: 'callback'
}

/**
 * A leg on which nobody talked, with its cause.
 *
 * @since 0.1.0
 * @category record
 */
export interface UnsuccessfulRecord extends LegFields {
  readonly kind: 'unsuccessful'
  readonly successful: false
  /** When it hung up: microseconds since 1970. */
  readonly endedAt: EpochMicros
  /** Why nobody talked, from the status of the hangup. */
  readonly cause: Cause
}

/**
 * A leg that had not hung up when its call was given up.
 *
 * @since 0.1.0
 * @category record
 */
export interface IncompleteRecord extends LegFields {
  readonly kind: 'incomplete'
  readonly successful: false
}

/**
 * The record of one leg.
 *
 * @since 0.1.0
 * @category record
 */
export type LegRecord = AnsweredRecord | TransferredRecord | CallbackRecord | UnsuccessfulRecord | IncompleteRecord

/**
 * A missed call: at most one of each CallID.
 *
 * @since 0.1.0
 * @category record
 */
export interface MissedRecord {
  readonly v: 1
  /** `<callId>/missed`. */
  readonly id: string
  readonly kind: 'missed'
  readonly direction: 'incoming'
  readonly successful: false
  /** The call, in lower case: all its records have it. */
  readonly callId: string
  /** The leg whose hangup decided. */
  readonly subCallId: string
  /** The IVR or queue (or phone) where the call was lost. */
  readonly extension?: string
  /** `special`: an IVR or a queue, unknown which. */
  readonly extensionType: 'ivr' | 'queue' | 'special' | 'phone'
  /** The client's number, as sent or as `normaliseNumber` gives it; absent: it was hidden. */
  readonly remoteNumber?: string
  /** What the PBX told of the client beside the number. */
  readonly remoteName?: string
  /** The public number by which the call entered. */
  readonly did?: string
  /** The earliest dial of the call: microseconds since 1970. */
  readonly startedAt?: EpochMicros
  /** The deciding hangup: microseconds since 1970. */
  readonly endedAt: EpochMicros
  /** The call was started through the API. */
  readonly callBackId?: string
  /** The application's own word of a call that it placed. */
  readonly context?: Json
  /** The extensions whose phones began to ring for the client before that hangup, in order, no repeats. */
  readonly rang: ReadonlyArray<string>
  /** The rules that made it so: `RULES` has a sentence for each. */
  readonly because: ReadonlyArray<RuleName>
}

/**
 * A record that a CRM can trust. Plain data, told apart by `kind`; times are {@link EpochMicros}.
 *
 * @since 0.1.0
 * @category record
 */
export type CallRecord = LegRecord | MissedRecord

const Time = new t.Type<number, number, unknown>(
  'Time',
  (u): u is number => Number.isSafeInteger(u),
  (u, context) => (typeof u === 'number' && Number.isSafeInteger(u) ? t.success(u) : t.failure(u, context, 'is no integer of microseconds')),
  t.identity
)

const isRule = (name: string): name is RuleName => Object.hasOwn(RULES, name)

/** Names of rules that a later version may have are left out. */
const Rules = new t.Type<ReadonlyArray<RuleName>, unknown, unknown>(
  'Rules',
  (u): u is ReadonlyArray<RuleName> => Array.isArray(u) && u.every((name) => typeof name === 'string' && isRule(name)),
  (u, context) =>
    Array.isArray(u) && u.every((name): name is string => typeof name === 'string')
      ? t.success(u.filter(isRule))
      : t.failure(u, context, 'is no list of rules'),
  t.identity
)

const ofLeg = {
  v: t.literal(1),
  id: t.string,
  direction: t.keyof({ incoming: null, outgoing: null } satisfies Record<Direction, null>),
  callId: t.string,
  subCallId: t.string,
  because: Rules
}

/** The keys that may be absent: the compiler asks for a codec of each. */
type OptionalKeys<T> = { [K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K> ? K : never }[keyof T]

const ofLegIfKnown = {
  extension: t.string,
  remoteNumber: t.string,
  remoteName: t.string,
  did: t.string,
  startedAt: Time,
  answeredAt: Time,
  status: t.string,
  recordingId: t.string,
  transfer: t.exact(
    t.partial({
      from: t.exact(t.intersection([t.type({ extension: t.string }), t.partial({ subCallId: t.string })])),
      client: t.string
    })
  ),
  callBackId: t.string,
  context: Json,
  onBehalf: t.literal(true)
} satisfies Record<OptionalKeys<LegFields>, t.Mixed>

const ofTalkIfKnown = { ...ofLegIfKnown, talkTime: Time } satisfies Record<OptionalKeys<SuccessfulFields>, t.Mixed>

const talk = <K extends AnsweredRecord['kind'] | TransferredRecord['kind'] | CallbackRecord['kind']>(kind: K) =>
  t.exact(t.intersection([t.type({ ...ofLeg, kind: t.literal(kind), successful: t.literal(true), endedAt: Time }), t.partial(ofTalkIfKnown)]))

const shapes = {
  answered: talk('answered'),
  transferred: talk('transferred'),
  callback: talk('callback'),
  unsuccessful: t.exact(
    t.intersection([
      t.type({
        ...ofLeg,
        kind: t.literal('unsuccessful'),
        successful: t.literal(false),
        endedAt: Time,
        cause: t.keyof({ busy: null, cancelled: null, 'no-answer': null, congestion: null, unavailable: null, other: null } satisfies Record<Cause, null>)
      }),
      t.partial(ofLegIfKnown)
    ])
  ),
  incomplete: t.exact(
    t.intersection([t.type({ ...ofLeg, kind: t.literal('incomplete'), successful: t.literal(false) }), t.partial(ofLegIfKnown)])
  ),
  missed: t.exact(
    t.intersection([
      t.type({
        ...ofLeg,
        kind: t.literal('missed'),
        direction: t.literal('incoming'),
        successful: t.literal(false),
        extensionType: t.keyof({ ivr: null, queue: null, special: null, phone: null } satisfies Record<MissedRecord['extensionType'], null>),
        endedAt: Time,
        rang: t.readonlyArray(t.string)
      }),
      t.partial({
        extension: t.string,
        remoteNumber: t.string,
        remoteName: t.string,
        did: t.string,
        startedAt: Time,
        callBackId: t.string,
        context: Json
      } satisfies Record<OptionalKeys<MissedRecord>, t.Mixed>)
    ])
  )
}

const isKind = (kind: unknown): kind is CallRecord['kind'] => typeof kind === 'string' && Object.hasOwn(shapes, kind)

const kindOf = (u: unknown): unknown => (typeof u === 'object' && u !== null && 'kind' in u ? u.kind : undefined)

/**
 * The codec of records: this JSON is a public contract, `v` is its version. What it does not know of a
 * record is left out, a record of another version or kind is refused.
 *
 * @example
 * import { CallRecord } from 'call-legs'
 * import { isLeft } from 'fp-ts/lib/Either.js'
 * assert.ok(isLeft(CallRecord.decode({ v: 2, kind: 'answered' })))
 *
 * @since 0.1.0
 * @category record
 */
export const CallRecord: t.Type<CallRecord, unknown, unknown> = new t.Type<CallRecord, unknown, unknown>(
  'CallRecord',
  (u): u is CallRecord => {
    const kind = kindOf(u)
    return isKind(kind) && shapes[kind].is(u)
  },
  (u, context): t.Validation<CallRecord> => {
    const kind = kindOf(u)
    return isKind(kind) ? shapes[kind].validate(u, context) : t.failure(kind, t.appendContext(context, 'kind', t.string), 'is no kind of record')
  },
  (record) => ({ ...record })
)
