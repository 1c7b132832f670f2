import type { CallEvent, EpochMicros, Placed } from 'call-legs'

/** What a call can be told: an event came, the bridge placed it itself, or time has come so far. */
export type Word =
  | { readonly kind: 'event'; readonly event: CallEvent }
  | { readonly kind: 'placed'; readonly placed: Placed }
  | { readonly kind: 'tick'; readonly now: EpochMicros }
