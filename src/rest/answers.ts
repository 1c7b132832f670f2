/*
 * What the vendor's API answers, as io-ts codecs. Only what is used is asked for; everything else may be
 * there or not. The vendor's `null` and an absent field are the same.
 */
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
}

const CdrAnswer: Codec<CdrAnswer> = t.type({
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
  record_uuid: optional(anyText)
}, 'a part of a call')

/** `GET …/call_history/{CallID}`. */
export interface HistoryAnswer {
  readonly call_uuid: string | undefined
  readonly cdr: ReadonlyArray<CdrAnswer>
}

export const HistoryAnswer: Codec<HistoryAnswer> = t.type({ call_uuid: optional(anyText), cdr: t.readonlyArray(CdrAnswer, 'a list') }, 'a call')

/** `GET …/extension/`, one of the list. */
export interface ExtensionAnswer {
  readonly id: string
  readonly name: string
  readonly type: ExtensionType | undefined
  readonly label: string | undefined
}

/** What is only shown: anything but a text is no label, rather than the end of the whole list. */
const label: Codec<string | undefined> = new t.Type<string | undefined, unknown, unknown>(
  'a label',
  (u): u is string | undefined => u === undefined || typeof u === 'string',
  (u) => t.success(typeof u === 'string' ? u.trim() || undefined : undefined),
  t.identity
)

export const ExtensionsAnswer: Codec<ReadonlyArray<ExtensionAnswer>> = t.readonlyArray(t.type({ id, name, type: typeOfExtension, label }, 'an extension'), 'a list')
