import { isLeft, left, right, type Either } from 'fp-ts/lib/Either.js'
import type { ExtensionType } from '../event/CallEvent.js'
import { cutDomain } from '../event/extension.js'
import type { Micros } from '../event/time.js'
import { prefixOf } from '../leg/number.js'
import type { InvalidRequest } from './AccessError.js'
import type { CallbackRequest } from './Callback.js'
import type { Extension } from './Directory.js'
import { dialled, invalid, label } from './sendable.js'

/**
 * What an application wants when somebody clicks a number.
 *
 * @since 0.1.0
 * @category callback
 */
export interface ClickToCall extends Omit<CallbackRequest, 'extensionId' | 'sources' | 'destination'> {
  /** Who rings first: an extension (`453*102`, or its short number `102`), or a number; or several, the first to answer talks. */
  readonly source: string | ReadonlyArray<string>
  /** Who is called when the source has answered. */
  readonly destination: string
  /** The extension, by name or id, that places the call if no source is an extension. */
  readonly via?: string
}

/**
 * Why a call is not placed; nothing was sent.
 *
 * - `not-a-phone`: the source is known to be a queue, an IVR or a fax: nobody can pick up there
 * - `unknown-extension`: an extension is needed as the address, and the directory has none of this name
 * - `no-extension`: the source is no extension, and `via` names none
 * - `invalid`: a value cannot be dialled or sent
 *
 * @since 0.1.0
 * @category callback
 */
export type CallbackRequestError =
  | { readonly kind: 'not-a-phone'; readonly extension: string; readonly type: ExtensionType }
  | { readonly kind: 'unknown-extension'; readonly extension: string }
  | { readonly kind: 'no-extension' }
  | InvalidRequest

/**
 * The sentence for a person.
 *
 * @example
 * import { callbackRequestErrorMessage } from 'call-legs'
 * assert.deepStrictEqual(
 *   callbackRequestErrorMessage({ kind: 'not-a-phone', extension: '453*887', type: 'queue' }),
 *   '453*887 is a queue: it cannot be the source of a call'
 * )
 *
 * @since 0.1.0
 * @category callback
 */
export const callbackRequestErrorMessage = (error: CallbackRequestError): string => {
  switch (error.kind) {
    case 'not-a-phone':
      return `${error.extension} is ${error.type === 'ivr' ? 'an IVR' : `a ${error.type}`}: it cannot be the source of a call`
    case 'unknown-extension':
      return `the directory has no extension ${error.extension}`
    case 'no-extension':
      return 'the source is no extension: say in `via` which extension places the call'
    case 'invalid':
      return `${error.field} ${JSON.stringify(error.value)} ${error.reason}`
  }
}

/** A source, and the extension that it is, if it is one. */
interface Source {
  readonly number: string
  readonly extension?: Extension
}

/** A short number, `102`, is an extension if just one extension's name ends in it. */
const byShortNumber = (extensions: ReadonlyArray<Extension>, number: string): Extension | undefined => {
  const found = extensions.filter(({ name }) => name.endsWith(`*${number}`))
  return found.length === 1 ? found[0] : undefined
}

const sourceOf = (extensions: ReadonlyArray<Extension>, text: string): Either<CallbackRequestError, Source> => {
  const number = cutDomain(text) ?? ''
  const wrong = dialled(number)
  if (wrong !== undefined) return left(invalid('source', text, wrong))
  const extension = extensions.find(({ name }) => name === number) ?? byShortNumber(extensions, number)
  if (extension === undefined) {
    return prefixOf(number) ? left({ kind: 'unknown-extension', extension: number }) : right({ number })
  }
  const { name, type } = extension
  // an extension of unknown type may be a phone: only what is known to have no handset is refused
  return type === undefined || type === 'phone' ? right({ number: name, extension }) : left({ kind: 'not-a-phone', extension: name, type })
}

const NUMBERS = ['callerNumber', 'sourceAni', 'destinationAni', 'sourceCallerNumber'] as const
const NAMES = ['callerName', 'sourceCallerName'] as const
const SOUNDS = ['announceSoundId', 'destinationAnnounceSoundId'] as const
const TONES = /^[0-9*#Ww]{1,64}$/

const wholeSeconds = (duration: Micros): boolean => duration >= 1_000_000 && Number.isSafeInteger(duration) && duration % 1_000_000 === 0

/** The first thing that is wrong with the call's own wishes, if any. */
const wrongWish = (call: ClickToCall): InvalidRequest | undefined => {
  for (const field of NUMBERS) {
    const number = call[field]
    const wrong = number === undefined ? undefined : dialled(number)
    if (wrong !== undefined) return invalid(field, number, wrong)
  }
  for (const field of NAMES) {
    const name = call[field]
    const wrong = name === undefined ? undefined : label(name)
    if (wrong !== undefined) return invalid(field, name, wrong)
  }
  for (const field of SOUNDS) {
    const sound = call[field]
    if (sound !== undefined && !(Number.isSafeInteger(sound) && sound > 0)) return invalid(field, sound, 'is no id of a sound')
  }
  if (call.maxDuration !== undefined && !wholeSeconds(call.maxDuration)) {
    return invalid('maxDuration', call.maxDuration, 'is not a whole number of seconds, at least one, in microseconds')
  }
  if (call.destinationTones !== undefined && !TONES.test(call.destinationTones)) {
    return invalid('destinationTones', call.destinationTones, 'is not 1 to 64 of the digits, *, #, W and w')
  }
  return undefined
}

/**
 * The pure builder of a click-to-call. It addresses the request to the source extension itself, where the
 * source is one: the PBX then sends the outgoing leg alone. Then it also sets the caller's name and number
 * to the destination, unless the caller gives them, so that the desk phone shows and redials the client's
 * number and not the extension's own. A source that is known to be a queue, an IVR or a fax is refused.
 *
 * @param extensions the PBX's extensions, as the directory port lists them
 *
 * @example
 * import { callbackRequest } from 'call-legs'
 * import { isRight, left } from 'fp-ts/lib/Either.js'
 * const request = callbackRequest([
 *   { id: '85219', name: '453*102', type: 'phone' },
 *   { id: '96857', name: '453*887', type: 'queue' }
 * ])
 * const built = request({ source: '453*102', destination: '+79160000001' })
 * assert.ok(isRight(built))
 * assert.deepStrictEqual(built.right, {
 *   extensionId: '85219',
 *   sources: ['453*102'],
 *   destination: '+79160000001',
 *   callerName: '+79160000001',
 *   callerNumber: '+79160000001'
 * })
 * assert.deepStrictEqual(
 *   request({ source: '453*887', destination: '+79160000001' }),
 *   left({ kind: 'not-a-phone', extension: '453*887', type: 'queue' })
 * )
 *
 * @since 0.1.0
 * @category callback
 */
export const callbackRequest =
  (extensions: ReadonlyArray<Extension>) =>
  (call: ClickToCall): Either<CallbackRequestError, CallbackRequest> => {
    const { source, destination, via, ...wishes } = call
    const wrongDestination = dialled(destination)
    if (wrongDestination !== undefined) return left(invalid('destination', destination, wrongDestination))
    const wrong = wrongWish(call)
    if (wrong !== undefined) return left(wrong)

    const sources: Array<Source> = []
    for (const text of typeof source === 'string' ? [source] : source) {
      const read = sourceOf(extensions, text)
      if (isLeft(read)) return read
      sources.push(read.right)
    }
    if (sources.length === 0) return left(invalid('source', '', 'is empty'))

    const own = sources.find(({ extension }) => extension !== undefined)?.extension
    const address = own ?? extensions.find(({ id, name }) => via !== undefined && (id === via || name === cutDomain(via)))
    if (address === undefined) return left(via === undefined ? { kind: 'no-extension' } : { kind: 'unknown-extension', extension: via })

    return right({
      extensionId: address.id,
      sources: sources.map(({ number }) => number),
      destination,
      ...wishes,
      // else the desk phone shows and redials its own number
      ...(own === undefined ? {} : { callerName: call.callerName ?? destination, callerNumber: call.callerNumber ?? destination })
    })
  }
