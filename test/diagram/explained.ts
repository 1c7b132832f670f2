import { correlator, type CallEvent, type CallExplanation, type Config } from '../../src/index.js'

/** What `explain` says of the one call of these events, as after a drain. */
export const explained = (events: ReadonlyArray<CallEvent>, config: Config = {}): CallExplanation => {
  const calls = correlator(config)
  const state = events.reduce((before, event) => calls.step(before, event)[0], calls.initial)
  const explanation = calls.explain(state, events[0]?.callId ?? '', Infinity)
  if (explanation === undefined) throw new Error('nothing is known of the call')
  return explanation
}
