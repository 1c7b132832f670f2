import XmlBuilder from 'fast-xml-builder'
import { isLeft, left, right, type Either } from 'fp-ts/lib/Either.js'
import { shown } from '../event/DecodeError.js'
import type { Action, Ending, Step } from './Action.js'
import { elementOf, type Element } from './element.js'

declare const readable: unique symbol

/**
 * The XML of a response that the PBX can read: send it as `text/xml; charset=utf-8`. Only
 * {@link interactiveResponse} makes one.
 *
 * @since 0.1.0
 * @category interactive
 */
export type ResponseXml = string & { readonly [readable]: true }

/**
 * Why there is no response; the PBX could not have read it.
 *
 * - `too-many-actions`: there are more than ten
 * - `unknown-action`: no action has this name, or it is an ending among the steps, or a step as the ending
 * - `wrong-field`: what a field of the action holds; `at` is the action's place in the list, from 0
 *
 * @since 0.1.0
 * @category interactive
 */
export type ResponseError =
  | { readonly kind: 'too-many-actions'; readonly actions: number }
  | { readonly kind: 'unknown-action'; readonly at: number; readonly action: string }
  | {
      readonly kind: 'wrong-field'
      readonly at: number
      readonly action: string
      readonly field: string
      /** Cut to 256 characters. */
      readonly value: string
      readonly reason: string
    }

/**
 * The sentence for a person.
 *
 * @example
 * import { responseErrorMessage } from 'call-legs/interactive'
 * assert.deepStrictEqual(
 *   responseErrorMessage({ kind: 'wrong-field', at: 0, action: 'Pause', field: 'seconds', value: '0', reason: 'is not 1 to 3600 whole seconds' }),
 *   'action 1, Pause: seconds "0" is not 1 to 3600 whole seconds'
 * )
 *
 * @since 0.1.0
 * @category interactive
 */
export const responseErrorMessage = (error: ResponseError): string => {
  switch (error.kind) {
    case 'too-many-actions':
      return `a response has at most ${MOST_ACTIONS} actions, not ${error.actions}`
    case 'unknown-action':
      return `action ${error.at + 1}: ${JSON.stringify(error.action)} is no action that can stand there`
    case 'wrong-field':
      return `action ${error.at + 1}, ${error.action}: ${error.field} ${JSON.stringify(error.value)} ${error.reason}`
  }
}

const MOST_ACTIONS = 10

const STEPS: ReadonlySet<unknown> = new Set<Step['action']>(['SetVar', 'Jump', 'Pause', 'SetCaller', 'PlaySound'])
const ENDINGS: ReadonlySet<unknown> = new Set<Ending['action']>(['SimpleTransfer', 'TTS', 'Hangup'])

const builder = new XmlBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  suppressEmptyNode: true
})

/** The library's shape of an element: its name as the key, attributes beside it under `:@`. */
const node = (name: string, attributes: Element['attributes'], children: ReadonlyArray<unknown>): unknown => ({
  [name]: children,
  ':@': Object.fromEntries(attributes)
})

const DECLARATION = node('?xml', [['version', '1.0'], ['encoding', 'UTF-8']], [{ '#text': '' }])

const render = (elements: ReadonlyArray<Element>): ResponseXml => {
  const actions = elements.map(({ name, attributes, text }) => node(name, attributes, text === '' ? [] : [{ '#text': text }]))
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the brand's only constructor: what comes here has been checked
  return builder.build([DECLARATION, node('Response', [], actions)]) as ResponseXml
}

/**
 * The answer that changes nothing: the IVR goes on as if nobody had been asked.
 *
 * @example
 * import { emptyResponse } from 'call-legs/interactive'
 * assert.deepStrictEqual(emptyResponse, '<?xml version="1.0" encoding="UTF-8"?><Response/>')
 *
 * @since 0.1.0
 * @category interactive
 */
export const emptyResponse: ResponseXml = render([])

/** The action's name, as text, whatever somebody who uses no types put there. */
const nameOf = (action: unknown): unknown => (typeof action === 'object' && action !== null && 'action' in action ? action.action : undefined)

/**
 * Builds the response to a *Call interactive* request: up to ten actions, of which only the last may end the
 * list. The types keep the endings out of the steps; everything else that the PBX could not read is an error.
 *
 * @param steps what the IVR does, in this order
 * @param ending what it does last, if anything
 *
 * @example
 * import { interactiveResponse } from 'call-legs/interactive'
 * import { right } from 'fp-ts/lib/Either.js'
 * assert.deepStrictEqual(
 *   interactiveResponse(
 *     [{ action: 'SetCaller', name: 'Deal "42"', number: '+79160000001' }],
 *     { action: 'SimpleTransfer', to: '453*102', final: false, timeout: 20 }
 *   ),
 *   right(
 *     '<?xml version="1.0" encoding="UTF-8"?><Response>' +
 *       '<SetCaller name="Deal &quot;42&quot;" number="+79160000001"/>' +
 *       '<SimpleTransfer final="no" timeout="20">453*102</SimpleTransfer></Response>'
 *   )
 * )
 *
 * @since 0.1.0
 * @category interactive
 */
export const interactiveResponse = (steps: ReadonlyArray<Step>, ending?: Ending): Either<ResponseError, ResponseXml> => {
  const actions: ReadonlyArray<Action> = ending === undefined ? steps : [...steps, ending]
  if (actions.length > MOST_ACTIONS) return left({ kind: 'too-many-actions', actions: actions.length })
  const elements: Array<Element> = []
  for (const [at, action] of actions.entries()) {
    const name = nameOf(action)
    if (!(at < steps.length ? STEPS : ENDINGS).has(name)) return left({ kind: 'unknown-action', at, action: shown(name ?? '') })
    const element = elementOf(action)
    if (isLeft(element)) {
      const { field, value, reason } = element.left
      return left({ kind: 'wrong-field', at, action: action.action, field, value: shown(value), reason })
    }
    elements.push(element.right)
  }
  return right(render(elements))
}
