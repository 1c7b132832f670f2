/**
 * Whose call, and which.
 *
 * @since 0.1.0
 * @category restate
 */
export interface CallKey {
  /** The provider's client; any text, `''` where there is only one. */
  readonly tenant: string
  /** As events have it: in lower case, without a `/`. */
  readonly callId: string
}

/**
 * The key of a call's virtual object: `<tenant>/<callId>`. A CallID has no `/`, so no two calls share a key.
 *
 * @example
 * import { callKey } from 'call-legs/restate'
 * assert.deepStrictEqual(callKey({ tenant: 'acme', callId: 'ab12' }), 'acme/ab12')
 *
 * @since 0.1.0
 * @category restate
 */
export const callKey = ({ tenant, callId }: CallKey): string => `${tenant}/${callId}`

/** The two again. A key without a `/` is that of a call without a tenant. */
export const readCallKey = (key: string): CallKey => {
  const end = key.lastIndexOf('/')
  return { tenant: key.slice(0, Math.max(end, 0)), callId: key.slice(end + 1) }
}
