import { isLeft } from 'fp-ts/lib/Either.js'
import { checkedPlaced, type Placed } from '../call/Placed.js'
import type { CallEvent } from '../event/CallEvent.js'
import { shown, type DecodeError } from '../event/DecodeError.js'
import { moment, type EpochMicros } from '../event/time.js'
import { decode } from '../wire/ringme/decode.js'
import type { Reducer, Transition } from './Reducer.js'

const NOTHING = [] as const

const rejected = <S>(state: S, raw: unknown, error: DecodeError): Transition<S> => [state, [{ change: 'rejected', raw, error }]]

/** Why a time is none to tick by, if it is none. */
const wrongTime = (now: unknown): DecodeError | undefined => {
  if (moment(now) !== undefined) return undefined
  const reason = 'is no time in microseconds since 1970: fromMillis(Date.now()) is one; drain is the end of time'
  return { field: 'now', value: now === undefined ? '' : shown(now), reason }
}

/** What a reducer does with an input that is of use. */
interface Moves<S> {
  readonly step: (state: S, event: CallEvent) => Transition<S>
  readonly placed: (state: S, placed: Placed) => Transition<S>
  readonly tick: (state: S, now: EpochMicros) => Transition<S>
}

/** The transitions of a reducer: what is of no use is `rejected`, what is none of ours changes nothing. */
export const transitions = <S>({ step, placed, tick }: Moves<S>): Pick<Reducer<S>, 'step' | 'ingest' | 'placed' | 'tick'> => ({
  step,
  ingest: (state, raw, receivedAt) => {
    const decoded = decode(raw, receivedAt)
    if (isLeft(decoded)) return rejected(state, raw, decoded.left)
    return decoded.right.kind === 'ignored' ? [state, NOTHING] : step(state, decoded.right)
  },
  placed: (state, word) => {
    const checked = checkedPlaced(word)
    return isLeft(checked) ? rejected(state, word, checked.left) : placed(state, checked.right)
  },
  tick: (state, now) => {
    const error = wrongTime(now)
    return error === undefined ? tick(state, now) : rejected(state, now, error)
  }
})
