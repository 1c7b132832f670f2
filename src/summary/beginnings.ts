import type { CallEvent } from '../event/CallEvent.js'
import type { EpochMicros } from '../event/time.js'

/**
 * When calls began, by CallID, where this is known better than from their records: the record of an answered call
 * knows when its phone began to ring, and not when the client entered the queue before it.
 *
 * @since 0.1.0
 * @category beginnings
 */
export type Beginnings = ReadonlyMap<string, EpochMicros>

/**
 * When calls began, as their events tell it: the earliest dial of each CallID, that of an IVR or a queue included.
 *
 * @example
 * import { beginnings } from 'call-legs/summary'
 * const at = 1_780_000_686_000_000
 * const queue = { kind: 'dial', callId: 'ab12', subCallId: '96857-a', at, direction: 'incoming', parties: {} }
 * const phone = { ...queue, subCallId: '85219-a', at: at + 40_000_000 }
 * assert.deepStrictEqual([...beginnings([phone, queue])], [['ab12', at]])
 *
 * @since 0.1.0
 * @category beginnings
 */
export const beginnings = (events: Iterable<CallEvent>): Beginnings => {
  const began = new Map<string, EpochMicros>()
  for (const { kind, callId, at } of events) {
    if (kind === 'dial' && at < (began.get(callId) ?? Infinity)) began.set(callId, at)
  }
  return began
}
