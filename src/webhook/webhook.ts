import { isLeft } from 'fp-ts/lib/Either.js'
import { identity } from 'fp-ts/lib/function.js'
import { tryCatch } from 'fp-ts/lib/TaskEither.js'
import { moment } from '../event/time.js'
import { systemTime } from '../platform/clock.js'
import { reasonOf } from '../ports/Port.js'
import { decode } from '../wire/ringme/decode.js'
import type { WireFields } from '../wire/ringme/fields.js'
import { mergeFields, parseForm } from '../wire/ringme/form.js'
import { formWithout, queryOf, valuesOf } from './queryAndBody.js'
import { readBody } from './readBody.js'
import { BROKEN_OFF, tooLong, UNREADABLE, WRONG_SECRET, wrongContent, wrongMethod, type Refusal } from './refusal.js'
import { secretCheck } from './secret.js'
import { BODY_TAKEN, type WebhookCallback, type WebhookFailure } from './WebhookFailure.js'
import type { WebhookOptions } from './WebhookOptions.js'
import { isWebRequest, NO_REQUEST, type WebRequest } from './WebRequest.js'
import { accepted, EMPTY_XML, inWords, xmlAnswer, type PlatformResponse } from './WebResponse.js'

const MAX_BYTES = 65_536

const isInteractive = ({ EventType = '' }: WireFields): boolean => EventType.trim().toLowerCase() === 'call_interactive'

/**
 * The handler of the address to which the PBX sends its events: a request of the web platform to a response
 * of it, for every server that knows these. It rejects only what is no such request, Express's or Fastify's say,
 * with a `TypeError`: that is a mistake of the program, which these servers show at once.
 *
 * | what comes | answer |
 * |---|---|
 * | an event; what is no event; what is ignored | 200 once the application's sink is done, 500 if it fails |
 * | a *Call interactive* request | 200, XML: the empty one if nothing answers these, or the answer fails |
 * | another method than GET and POST | 405 |
 * | the secret is missing, wrong, or there twice | 403, the body is not read |
 * | another content type than a form's, a content coding | 415, the body is not read |
 * | a body longer than `maxBytes` | 413, the rest is not read |
 * | a body that breaks off; one of a GET, whose query is no event | 400 |
 * | a body that was announced, and that something in front has read | 500 |
 *
 * @example
 * import { webhook } from 'call-legs/webhook'
 * const stored = []
 * const handle = webhook({
 *   secret: 'open sesame',
 *   onEvent: async ({ event }) => { stored.push([event.kind, event.callId]) },
 *   onUndecodable: async ({ text, error }) => { stored.push([text, error.reason]) }
 * })
 * const address = 'https://crm.example/hook?secret=open+sesame&ExtType=queue'
 * const post = (body) => handle(new Request(address, { method: 'POST', body: new URLSearchParams(body) }))
 * const answers = [
 *   await post('EventType=dial-in&EventTime=1780000686000000&CallID=AB12&SubCallID=85887-ab12'),
 *   await post('EventType=dial-in&EventTime=1780000686000000'),
 *   await handle(new Request('https://crm.example/hook?secret=guessed'))
 * ]
 * assert.deepStrictEqual(answers.map(({ status }) => status), [200, 200, 403])
 * assert.deepStrictEqual(stored, [
 *   ['dial', 'ab12'],
 *   ['ExtType=queue&EventType=dial-in&EventTime=1780000686000000', 'is missing']
 * ])
 *
 * @since 0.1.0
 * @category webhook
 */
export const webhook = (options: WebhookOptions): ((request: WebRequest) => Promise<PlatformResponse>) => {
  const { secretField = 'secret', maxBytes = MAX_BYTES, interactive } = options
  const now = options.now ?? systemTime
  const isOpen = !('secret' in options)
  const isSecret = secretCheck(options.secret)

  /** The application's word for what went wrong must not make it worse. */
  const tell = (failure: WebhookFailure): void => void tryCatch(async () => options.onFailure?.(failure), identity)()

  const refuse = ({ status, reason, headers }: Refusal): PlatformResponse => {
    tell({ kind: 'refused', status, reason })
    return inWords(status, reason, headers)
  }

  const bodyTaken = (): PlatformResponse => {
    tell({ kind: 'body-taken', status: 500 })
    return inWords(500, BODY_TAKEN)
  }

  const callbackFailed = (callback: WebhookCallback, status: 200 | 500, thrown: unknown): void =>
    tell({ kind: 'callback-failed', status, callback, reason: reasonOf(thrown), thrown })

  /** What is answered 200 is stored. */
  const stored = async (callback: WebhookCallback, run: () => Promise<void> | void): Promise<PlatformResponse> => {
    const done = await tryCatch(async () => run(), identity)()
    if (!isLeft(done)) return accepted()
    callbackFailed(callback, 500, done.left)
    return inWords(500, 'could not be stored')
  }

  const isLetIn = async (query: string): Promise<boolean> => {
    if (isOpen) return true
    const given = valuesOf(query, secretField)
    return (await isSecret(given[0] ?? '')) && given.length === 1
  }

  /** The caller hears silence until the answer is there, and then the normal greeting if it says nothing. */
  const answerInteractive = async (fields: WireFields): Promise<PlatformResponse> => {
    if (interactive === undefined) {
      tell({ kind: 'not-routed', status: 200 })
      return xmlAnswer(EMPTY_XML)
    }
    const routed = await tryCatch(async () => interactive(fields)(), identity)()
    if (isLeft(routed)) {
      callbackFailed('interactive', 200, routed.left)
      return xmlAnswer(EMPTY_XML)
    }
    void tryCatch(async () => options.onRouted?.(routed.right), (thrown) => callbackFailed('onRouted', 200, thrown))()
    return xmlAnswer(routed.right.xml)
  }

  const handle = async (request: WebRequest): Promise<PlatformResponse> => {
    const receivedAt = moment(now()) ?? systemTime()
    const refusedMethod = wrongMethod(request)
    if (refusedMethod !== undefined) return refuse(refusedMethod)
    const query = queryOf(request.url)
    if (!(await isLetIn(query))) return refuse(WRONG_SECRET)
    const refusedContent = wrongContent(request)
    if (refusedContent !== undefined) return refuse(refusedContent)
    const body = await readBody(request, maxBytes)
    if ('unread' in body) {
      if (body.unread === 'too-long') return refuse(tooLong(maxBytes))
      return body.unread === 'broken-off' ? refuse(BROKEN_OFF) : bodyTaken()
    }

    const [said, sent] = [formWithout(query, secretField), formWithout(body.text, secretField)]
    const fields = mergeFields(parseForm(said), parseForm(sent))
    if (isInteractive(fields)) return answerInteractive(fields)
    const decoded = decode(fields, receivedAt)
    if (isLeft(decoded)) {
      // an event that is whole without a body is taken; what is none may have been one with it
      if (body.doubtful) return request.method === 'GET' ? refuse(UNREADABLE) : bodyTaken()
      const text = [said, sent].filter((part) => part !== '').join('&')
      return stored('onUndecodable', () => options.onUndecodable({ text, fields, error: decoded.left, receivedAt }))
    }
    const event = decoded.right
    if (event.kind !== 'ignored') return stored('onEvent', () => options.onEvent({ event, fields, receivedAt }))
    return stored('onIgnored', () => options.onIgnored?.({ eventType: event.eventType, fields, receivedAt }))
  }

  return async (request) => {
    if (!isWebRequest(request)) return Promise.reject(new TypeError(NO_REQUEST))
    try {
      return await handle(request)
    } catch (thrown) {
      tell({ kind: 'unexpected', status: 500, reason: reasonOf(thrown) })
      return inWords(500, 'could not be read')
    }
  }
}
