/*
 * What the vendor's API answers, as io-ts codecs. Only what is used is asked for; everything else may be
 * there or not. The vendor's `null` and an absent field are the same.
 */
import { isRight } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { extensionType } from '../wire/ringme/fields.js'
import type { ExtensionType } from '../event/CallEvent.js'
import { cutDomain } from '../event/extension.js'
import { seconds, type EpochMicros, type Micros } from '../event/time.js'
import { vendorTime } from './vendorTime.js'

type Codec<A> = t.Type<A, unknown, unknown>

/** A codec by its name, as errors give it, and the function that reads a value of it. */
const codec = <A>(name: string, readValue: (u: unknown) => A | undefined): Codec<A> =>
  new t.Type<A, unknown, unknown>(
    name,
    (u): u is A => u !== undefined && readValue(u) !== undefined,
    (u, context) => {
      const value = readValue(u)
      return value === undefined ? t.failure(u, context) : t.success(value)
    },
    t.identity
  )

const optional = <A>(inner: Codec<A>): Codec<A | undefined> =>
  new t.Type<A | undefined, unknown, unknown>(
    `${inner.name}, or nothing`,
    (u): u is A | undefined => u === undefined || inner.is(u),
    (u, context) => (u === null || u === undefined ? t.success(undefined) : inner.validate(u, context)),
    t.identity
  )

const text = codec('a text', (u) => (typeof u === 'string' && u !== '' ? u : undefined))
/** A number or a name of somebody on the line; empty, if there is none. */
const number = codec('a number', (u) => (typeof u === 'number' && Number.isSafeInteger(u) ? String(u) : typeof u === 'string' ? u : undefined))
const anyText = codec('a text', (u) => (typeof u === 'string' ? u : undefined))
const id = codec('an id', (u) => (typeof u === 'number' && Number.isSafeInteger(u) ? String(u) : typeof u === 'string' && u !== '' ? u : undefined))
const name = codec('a name', (u) => (typeof u === 'string' ? cutDomain(u) || undefined : undefined))

const secondsOf = (u: unknown): number | undefined => {
  const n = typeof u === 'string' && /^\d+(\.\d+)?$/.test(u) ? Number(u) : u
  return typeof n === 'number' && n >= 0 && Number.isSafeInteger(seconds(n)) ? n : undefined
}

/** A length of time, in the vendor's seconds, as seconds. */
const lengthInSeconds = codec('a number of seconds', secondsOf)

/** A length of time, in the vendor's seconds, as microseconds. */
const length: Codec<Micros> = codec('a number of seconds', (u) => {
  const n = secondsOf(u)
  return n === undefined ? undefined : seconds(n)
})

const moment: Codec<EpochMicros> = codec('a time as YYYY-MM-DD HH:MM:SS', (u) => (typeof u === 'string' ? vendorTime(u) : undefined))

/** A type that is not known here is no type, rather than the end of the whole list. */
const typeOfExtension: Codec<ExtensionType | undefined> = new t.Type<ExtensionType | undefined, unknown, unknown>(
  'a type of extension',
  (u): u is ExtensionType | undefined => u === undefined || (typeof u === 'string' && extensionType(u) === u),
  (u, context) => (u === null || u === undefined ? t.success(undefined) : typeof u === 'string' ? t.success(extensionType(u)) : t.failure(u, context)),
  t.identity
)

/** `POST /oauth/token`. */
export interface TokenAnswer {
  readonly access_token: string
  /** In seconds. */
  readonly expires_in: number | undefined
}

export const TokenAnswer: Codec<TokenAnswer> = t.type({ access_token: text, expires_in: optional(lengthInSeconds) }, 'a token')

/** `POST …/callback/`. */
export interface PlacedAnswer {
  readonly call_id: string
  readonly call_api_id: string | undefined
}

export const PlacedAnswer: Codec<PlacedAnswer> = t.type({ call_id: text, call_api_id: optional(anyText) }, 'a placed call')

/** `GET …/storage_url/`. */
export interface StorageUrlAnswer {
  /** Absent, or empty: the file is not there yet. */
  readonly record_url: string | undefined
}

const url = codec('a URL', (u) => (typeof u === 'string' && (u === '' || /^https?:\/\/\S+$/i.test(u)) ? u : undefined))

export const StorageUrlAnswer: Codec<StorageUrlAnswer> = t.type({ record_url: optional(url) }, 'a place of storage')

/** `GET …/call_history/{CallID}`, one part of the call: one extension's leg. */
export interface CdrAnswer {
  readonly extension_id: string | undefined
  readonly extension_name: string | undefined
  readonly extension_type: ExtensionType | undefined
  /** `in`, `out`, seen also `transfer`. */
  readonly flow: string | undefined
  readonly init_time_gmt: EpochMicros | undefined
  /** When it was answered: from here to the hangup is the `duration`. */
  readonly start_time_gmt: EpochMicros | undefined
  readonly hangup_time_gmt: EpochMicros | undefined
  readonly duration: Micros | undefined
  readonly result: string | undefined
  readonly hangup_disposition: string | undefined
  readonly record_uuid: string | undefined
  readonly from_username: string | undefined
  readonly from_screen_name: string | undefined
  readonly to_username: string | undefined
  readonly did_number: string | undefined
}

const cdrFields = {
  extension_id: optional(id),
  extension_name: optional(name),
  extension_type: typeOfExtension,
  flow: optional(text),
  init_time_gmt: optional(moment),
  start_time_gmt: optional(moment),
  hangup_time_gmt: optional(moment),
  duration: optional(length),
  result: optional(text),
  hangup_disposition: optional(anyText),
  record_uuid: optional(anyText),
  from_username: optional(number),
  from_screen_name: optional(anyText),
  to_username: optional(number),
  did_number: optional(number)
} satisfies { readonly [K in keyof CdrAnswer]: Codec<CdrAnswer[K]> }

const CdrAnswer: Codec<CdrAnswer> = t.type(cdrFields, 'a part of a call')

/** A call of the history, without its parts. */
export interface CallAnswer {
  readonly call_uuid: string | undefined
  readonly flow: string | undefined
  readonly init_time_gmt: EpochMicros | undefined
  readonly hangup_time_gmt: EpochMicros | undefined
  readonly result: string | undefined
  readonly from_username: string | undefined
  readonly to_username: string | undefined
  readonly did_number: string | undefined
}

const callFields = {
  call_uuid: optional(anyText),
  flow: optional(text),
  init_time_gmt: optional(moment),
  hangup_time_gmt: optional(moment),
  result: optional(text),
  from_username: optional(number),
  to_username: optional(number),
  did_number: optional(number)
} satisfies { readonly [K in keyof CallAnswer]: Codec<CallAnswer[K]> }

/** `GET …/call_history/{CallID}`. */
export interface HistoryAnswer extends CallAnswer {
  readonly cdr: ReadonlyArray<CdrAnswer>
}

export const HistoryAnswer: Codec<HistoryAnswer> = t.type({ ...callFields, cdr: t.readonlyArray(CdrAnswer, 'a list') }, 'a call')

/** Reads the rows of a list one by one: a field that is not what it should be counts as absent, and is told. */
const leniently =
  <A>(row: Codec<A>, fields: Readonly<Record<string, t.Decoder<unknown, unknown> & { readonly name: string }>>) =>
  (u: unknown, wrong: (reason: string) => void): A | undefined => {
    if (typeof u !== 'object' || u === null) return undefined
    const sound: Record<string, unknown> = {}
    for (const [field, value] of Object.entries(u)) {
      const known = Object.hasOwn(fields, field) ? fields[field] : undefined
      if (known === undefined || value === null || value === '') continue
      if (isRight(known.decode(value))) sound[field] = value
      else wrong(`${field} is not ${known.name.replace(/, or nothing$/, '')}`)
    }
    const read = row.decode(sound)
    return isRight(read) ? read.right : undefined
  }

export const cdrOf = leniently(CdrAnswer, cdrFields)
export const callOf = leniently<CallAnswer>(t.type(callFields, 'a call'), callFields)

/** `GET …/call_history/`: a page of calls, each read by itself. */
export interface HistoryListAnswer {
  readonly page: number | undefined
  readonly per_page: number | undefined
  readonly call_history: ReadonlyArray<unknown>
}

const count = codec('a number of calls', (u) => (typeof u === 'number' && Number.isSafeInteger(u) && u > 0 ? u : undefined))

export const HistoryListAnswer: Codec<HistoryListAnswer> = t.type(
  { page: optional(count), per_page: optional(count), call_history: t.readonlyArray(t.unknown, 'a list') },
  'a page of calls'
)

/** `GET …/extension/`, one of the list. */
export interface ExtensionAnswer {
  readonly id: string
  readonly name: string
  readonly type: ExtensionType | undefined
  readonly label: string | undefined
}

/** `GET …/extension/{extension_id}/event/`, one of the list; `POST` answers one alone. */
export interface SubscriptionAnswer {
  readonly id: string
  /** In lower case. */
  readonly event_type: string
  readonly url: string
  /** In upper case. */
  readonly method: string | undefined
}

const lowerCase = codec('a text', (u) => (typeof u === 'string' && u !== '' ? u.toLowerCase() : undefined))
const upperCase = codec('a text', (u) => (typeof u === 'string' && u !== '' ? u.toUpperCase() : undefined))

export const SubscriptionAnswer: Codec<SubscriptionAnswer> = t.type({ id, event_type: lowerCase, url: anyText, method: optional(upperCase) }, 'a subscription')

export const SubscriptionsAnswer: Codec<ReadonlyArray<SubscriptionAnswer>> = t.readonlyArray(SubscriptionAnswer, 'a list')

/** What is only shown: anything but a text is no label, rather than the end of the whole list. */
const label: Codec<string | undefined> = new t.Type<string | undefined, unknown, unknown>(
  'a label',
  (u): u is string | undefined => u === undefined || typeof u === 'string',
  (u) => t.success(typeof u === 'string' ? u.trim() || undefined : undefined),
  t.identity
)

export const ExtensionsAnswer: Codec<ReadonlyArray<ExtensionAnswer>> = t.readonlyArray(t.type({ id, name, type: typeOfExtension, label }, 'an extension'), 'a list')
