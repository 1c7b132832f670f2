import { isLeft, left, type Either } from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { decodeErrorMessage, shown, type DecodeError } from '../event/DecodeError.js'
import { seconds, toSeconds, type Micros } from '../event/time.js'
import { newAbort } from '../platform/abort.js'
import { waitFor } from '../platform/waiting.js'
import { accessErrorMessage, type AccessError } from '../ports/AccessError.js'
import { reasonOf } from '../ports/Port.js'
import type { ResponsiblePort } from '../ports/Responsible.js'
import { dialled } from '../ports/sendable.js'
import { decodeInteractive, type InteractiveRequest } from './InteractiveRequest.js'
import { emptyResponse, interactiveResponse, responseErrorMessage, type ResponseError, type ResponseXml } from './response.js'

/**
 * How an IVR is answered.
 *
 * @since 0.1.0
 * @category interactive
 */
export interface RouteOptions {
  /** The variable of the IVR that takes the responsible extension; a rule of the IVR transfers the caller to it. */
  readonly variable: string
  /** For how long the caller may be kept waiting by the look-up. Default: 2 s. */
  readonly within?: Micros
  /** Another answer than setting the variable: a transfer at once, a greeting by name. */
  readonly respond?: (extension: string, request: InteractiveRequest) => Either<ResponseError, ResponseXml>
}

/**
 * What became of a caller.
 *
 * - `found`: the IVR was told the extension
 * - `nobody`: this caller belongs to nobody in particular
 * - `failed`: the look-up failed
 * - `too-slow`: the look-up took longer than the caller can be kept waiting
 * - `unsayable`: the look-up's answer is nothing that the IVR could be told
 * - `not-a-request`: what came is no *Call interactive* request
 *
 * With all but `found` the caller hears the normal greeting.
 *
 * @since 0.1.0
 * @category interactive
 */
export type RouteOutcome =
  | { readonly kind: 'found'; readonly extension: string }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'failed'; readonly error: AccessError }
  | { readonly kind: 'too-slow'; readonly after: Micros }
  | { readonly kind: 'unsayable'; readonly error: ResponseError }
  | { readonly kind: 'not-a-request'; readonly error: DecodeError }

/**
 * The answer to the IVR, and the word to the application.
 *
 * @since 0.1.0
 * @category interactive
 */
export interface Routed {
  /** The answer: send it as `text/xml; charset=utf-8`, with status 200, whatever the outcome. */
  readonly xml: ResponseXml
  /** How it came about, for the application. */
  readonly outcome: RouteOutcome
  /** What was asked; absent if that could not be read. */
  readonly request?: InteractiveRequest
}

/**
 * The sentence for a person.
 *
 * @example
 * import { routeOutcomeMessage } from 'call-legs/interactive'
 * assert.deepStrictEqual(routeOutcomeMessage({ kind: 'found', extension: '453*102' }), 'the caller goes to 453*102')
 * assert.deepStrictEqual(
 *   routeOutcomeMessage({ kind: 'too-slow', after: 2_000_000 }),
 *   'normal greeting: the look-up took longer than 2 s'
 * )
 *
 * @since 0.1.0
 * @category interactive
 */
export const routeOutcomeMessage = (outcome: RouteOutcome): string => {
  switch (outcome.kind) {
    case 'found':
      return `the caller goes to ${outcome.extension}`
    case 'nobody':
      return 'normal greeting: the caller belongs to nobody in particular'
    case 'failed':
      return `normal greeting: ${accessErrorMessage(outcome.error)}`
    case 'too-slow':
      return `normal greeting: the look-up took longer than ${toSeconds(outcome.after)} s`
    case 'unsayable':
      return `normal greeting: the look-up's answer cannot be told to the IVR: ${responseErrorMessage(outcome.error)}`
    case 'not-a-request':
      return `normal greeting: ${decodeErrorMessage(outcome.error)}`
  }
}

/** Sets the variable to something that a rule of the IVR can transfer to. */
const setVariable = (name: string, value: string): Either<ResponseError, ResponseXml> => {
  const reason = dialled(value)
  return reason === undefined
    ? interactiveResponse([{ action: 'SetVar', name, value }])
    : left({ kind: 'wrong-field', at: 0, action: 'SetVar', field: 'value', value: shown(value), reason })
}

/** Starts the look-up, whatever it does: one that throws, or answers nothing at all, has failed. */
const lookUp = async (ask: () => TaskEither<AccessError, string | null | undefined>): Promise<Either<AccessError, string | null | undefined>> => ask()()

/**
 * Sends a caller to the employee who is responsible for him. It always answers within its time, and the
 * answer is always one that the PBX can read: if the look-up finds nobody, fails or takes too long, an
 * empty one, with which the caller hears the normal greeting.
 *
 * @example
 * import { inMemoryResponsible } from 'call-legs'
 * import { route } from 'call-legs/interactive'
 * const answer = route(inMemoryResponsible({ '+79160000001': '453*102' }), { variable: 'responsible' })
 * const { xml, outcome } = await answer('EventType=call_interactive&CallID=ab12&CallerIDNum=%2B79160000001')()
 * assert.deepStrictEqual(outcome, { kind: 'found', extension: '453*102' })
 * assert.deepStrictEqual(
 *   xml,
 *   '<?xml version="1.0" encoding="UTF-8"?><Response><SetVar name="responsible">453*102</SetVar></Response>'
 * )
 *
 * @since 0.1.0
 * @category interactive
 */
export const route = (port: ResponsiblePort, options: RouteOptions): ((raw: unknown) => Task<Routed>) => {
  const { variable } = options
  const within = options.within ?? seconds(2)
  const respond = options.respond ?? ((extension) => setVariable(variable, extension))

  const answered = (extension: string, request: InteractiveRequest): Pick<Routed, 'xml' | 'outcome'> => {
    try {
      const response = respond(extension, request)
      return isLeft(response)
        ? { xml: emptyResponse, outcome: { kind: 'unsayable', error: response.left } }
        : { xml: response.right, outcome: { kind: 'found', extension } }
    } catch (thrown) {
      return { xml: emptyResponse, outcome: { kind: 'failed', error: { kind: 'failed', reason: reasonOf(thrown) } } }
    }
  }

  const outcomeOf = async (request: InteractiveRequest): Promise<Pick<Routed, 'xml' | 'outcome'>> => {
    const { signal, abort } = newAbort()
    const nothing = (outcome: RouteOutcome): Pick<Routed, 'xml' | 'outcome'> => ({ xml: emptyResponse, outcome })
    try {
      const waited = await waitFor(lookUp(() => port(request, { signal })), { within, onInterrupted: abort })
      if (!('done' in waited)) return nothing({ kind: 'too-slow', after: within })
      if (isLeft(waited.done)) return nothing({ kind: 'failed', error: waited.done.left })
      const extension = waited.done.right
      return extension === undefined || extension === null || extension === '' ? nothing({ kind: 'nobody' }) : answered(extension, request)
    } catch (thrown) {
      return nothing({ kind: 'failed', error: { kind: 'failed', reason: reasonOf(thrown) } })
    }
  }

  return (raw) => async () => {
    const request = decodeInteractive(raw)
    return isLeft(request)
      ? { xml: emptyResponse, outcome: { kind: 'not-a-request', error: request.left } }
      : { ...(await outcomeOf(request.right)), request: request.right }
  }
}
