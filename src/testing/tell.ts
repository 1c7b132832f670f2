import type { EpochMicros, Micros } from '../event/time.js'
import { hexOf } from './ids.js'
import { play, type PlayedCall, type Script } from './Script.js'
import { LIVE, type Dialect } from './wire.js'

/**
 * Everything about a call that its story does not tell.
 *
 * @since 0.1.0
 * @category testing
 */
export interface TellOptions {
  /** Default: some 32 hex digits, the same each time. */
  readonly callId?: string
  /** In microseconds since 1970. Default: a moment in May 2026, the same each time. */
  readonly startAt?: EpochMicros
  /** How far an event is from the one before it, beside what the story waits, in microseconds. Default: a tenth of a second. */
  readonly moment?: Micros
  /** What the installation of the PBX sends. Default: as was seen live. */
  readonly dialect?: Partial<Dialect>
}

/**
 * The events of a call, told in telephone words.
 *
 * @example
 * import assert from 'node:assert'
 * import { smallCompany, tell } from 'call-legs/testing'
 *
 * const { events } = tell(({ ring, leave, wait }) => {
 *   const held = ring(smallCompany.queues[0], { number: '+79160000001', did: '74950000001' })
 *   wait(20_000_000)
 *   leave(held, 'no')
 * })
 *
 * assert.deepStrictEqual(events.map(({ EventType, Bridged }) => [EventType, Bridged]), [['dial-in', undefined], ['hangup', 'no']])
 *
 * @since 0.1.0
 * @category testing
 */
export const tell = (story: (script: Script) => void, options: TellOptions = {}): PlayedCall => {
  const { callId = hexOf('told'), startAt = 1_780_000_000_000_000, moment = 100_000, dialect } = options
  return play('told', { callId, startAt, moments: [moment], dialect: { ...LIVE, ...dialect } }, story)
}
