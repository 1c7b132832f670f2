import { isLeft } from 'fp-ts/lib/Either.js'
import type { CallEvent } from '../event/CallEvent.js'
import type { EpochMicros } from '../event/time.js'
import { decode } from '../wire/ringme/decode.js'
import type { Transition } from './Reducer.js'

/** Decodes and steps; what cannot be decoded becomes a change, what is none of ours changes nothing. */
export const ingestWith =
  <S>(step: (state: S, event: CallEvent) => Transition<S>) =>
  (state: S, raw: unknown, receivedAt?: EpochMicros): Transition<S> => {
    const decoded = decode(raw, receivedAt)
    if (isLeft(decoded)) return [state, [{ change: 'rejected', raw, error: decoded.left }]]
    return decoded.right.kind === 'ignored' ? [state, []] : step(state, decoded.right)
  }
