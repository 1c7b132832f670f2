/** The web platform's parser of `application/x-www-form-urlencoded`: in Node, browsers and every other runtime. */
declare const URLSearchParams: new (text: string) => Iterable<readonly [string, string]>

/**
 * The fields of a form-encoded text, a query or a body. Of a repeated key the first non-empty value
 * counts. Keys such as `__proto__` are keys like any other.
 *
 * @example
 * import { parseForm } from 'call-legs'
 * assert.deepStrictEqual(parseForm('CallFlow=&CallFlow=in&CallerIDNum=%2B79160000001'), {
 *   CallFlow: 'in',
 *   CallerIDNum: '+79160000001'
 * })
 *
 * @since 0.1.0
 * @category wire
 */
export const parseForm = (text: string): Readonly<Record<string, string>> => {
  const fields = new Map<string, string>()
  for (const [key, value] of new URLSearchParams(text)) if (!fields.get(key)) fields.set(key, value)
  return Object.fromEntries(fields)
}

/**
 * The fields of a request: its query over its body, a non-empty value of the query winning.
 *
 * @example
 * import { mergeFields, parseForm } from 'call-legs'
 * assert.deepStrictEqual(mergeFields(parseForm('ExtType=queue'), parseForm('EventType=hangup&ExtType=phone')), {
 *   EventType: 'hangup',
 *   ExtType: 'queue'
 * })
 *
 * @since 0.1.0
 * @category wire
 */
export const mergeFields = (
  query: Readonly<Record<string, string>>,
  body: Readonly<Record<string, string>>
): Readonly<Record<string, string>> => {
  const fields = new Map(Object.entries(body))
  for (const [key, value] of Object.entries(query)) if (value !== '') fields.set(key, value)
  return Object.fromEntries(fields)
}
