import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type { ExtensionType } from '../event/CallEvent.js'
import { invalid } from '../ports/sendable.js'
import type { InvalidRequest } from '../ports/AccessError.js'

type Fields = ReadonlyArray<readonly [string, string]>

declare const URL: new (text: string) => {
  readonly protocol: string
  readonly host: string
  readonly pathname: string
  readonly username: string
  readonly password: string
  readonly searchParams: Iterable<readonly [string, string]>
}
declare const URLSearchParams: new (fields: Array<Array<string>>) => { readonly toString: () => string }

/** The field of the query that says what the extension is. */
const TYPE_FIELD = 'ExtType'

/** A subscription's URL, taken apart. */
export interface HookAddress {
  /** `https://crm.example/hook`, without the port that goes without saying. */
  readonly place: string
  readonly fields: Fields
}

/** Nothing for a text that is no address of the web. A fragment is never sent, and is dropped. */
export const hookAddress = (text: string): HookAddress | undefined => {
  try {
    const { protocol, host, pathname, username, password, searchParams } = new URL(text)
    const plain = (protocol === 'https:' || protocol === 'http:') && username === '' && password === ''
    return plain ? { place: `${protocol}//${host}${pathname}`, fields: [...searchParams] } : undefined
  } catch {
    return undefined
  }
}

/** Our address; the error does not hold the text, which may hold a secret. */
export const ownAddress = (text: string): Either<InvalidRequest, HookAddress> => {
  const address = hookAddress(text)
  return address === undefined ? E.left(invalid('url', '…', 'is no address such as https://crm.example/hook?secret=…')) : E.right(address)
}

const inOrder = (fields: Fields): string => JSON.stringify(fields.map((field) => JSON.stringify(field)).sort())

const without = (fields: Fields, ...names: ReadonlyArray<string>): Fields => fields.filter(([name]) => !names.includes(name))

/** The same address to the letter that counts: in whatever order the fields stand, however they are encoded. */
export const isSameAddress = (a: HookAddress, b: HookAddress): boolean => a.place === b.place && inOrder(a.fields) === inOrder(b.fields)

/**
 * Is it ours? The same scheme, host, port, path and fields, up to the secret, which may have been changed, and
 * the type of the extension, which the plan itself puts there.
 */
export const isOurs = (own: HookAddress, secretField: string, other: HookAddress): boolean =>
  isSameAddress({ ...own, fields: without(own.fields, secretField, TYPE_FIELD) }, { ...other, fields: without(other.fields, secretField, TYPE_FIELD) })

/** The address at which an extension of this type is told as one. */
export const addressFor = (own: HookAddress, type: ExtensionType): HookAddress => ({
  ...own,
  fields: [...without(own.fields, TYPE_FIELD), [TYPE_FIELD, type]]
})

export const textOf = ({ place, fields }: HookAddress): string =>
  fields.length === 0 ? place : `${place}?${new URLSearchParams(fields.map((field) => [...field])).toString()}`

/** What of a URL must not come back in anybody's message: the values of its query, and the query as a whole. */
export const secretsOf = (text: string): ReadonlyArray<string> => {
  const [, query = ''] = /\?([^#]*)/.exec(text) ?? []
  const values = without(hookAddress(text)?.fields ?? [], TYPE_FIELD).map(([, value]) => value)
  return [query, ...values]
}
