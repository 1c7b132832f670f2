/**
 * A call as a virtual object of Restate, a distributed engine: one handler at a time for each call, its state and its
 * timers durable.
 *
 * @module
 */
export { callHandlers, type CallChanges, type CallHandlers, type CallObjectOptions, type ChangeObject, type PlacedWord, type ReceivedEvent, type Timer } from './callHandlers.js'
export type { CallContext, JsonSerde, SentCall } from './CallContext.js'
export { callKey, type CallKey } from './callKey.js'
