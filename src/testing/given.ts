import type { Config } from '../config/Config.js'
import { correlator } from '../correlator/correlator.js'
import type { State } from '../correlator/State.js'
import type { EpochMicros } from '../event/time.js'
import type { Change } from '../reducer/Change.js'
import { isCallEvent, isPlaced, type Input } from '../reducer/Input.js'
import type { Correlator, Transition } from '../reducer/Reducer.js'
import { differences, type Part } from './differences.js'

/**
 * What a correlator is given: an event, as the PBX sends it or decoded, the word that a call was placed, or the time in
 * microseconds (`Infinity`: a drain).
 *
 * @since 0.1.0
 * @category testing
 */
export type Given = Input | { readonly tick: EpochMicros }

/**
 * What the correlator told, to be compared.
 *
 * @since 0.1.0
 * @category testing
 */
export interface Told {
  /** For the assertions of any test runner. */
  readonly changes: ReadonlyArray<Change>
  /**
   * Throws an `Error` that says what is different, unless these are the changes, in this order. Of each change only what is
   * named here is compared. It returns nothing: do not give `when(…)` itself to `await`.
   */
  readonly then: (expected: ReadonlyArray<Part<Change>>) => void
}

const isTick = (input: Given): input is { readonly tick: EpochMicros } =>
  typeof input === 'object' && 'tick' in input && typeof input.tick === 'number'

const take = (calls: Correlator<State>, state: State, input: Given): Transition<State> => {
  if (isTick(input)) return input.tick === Infinity ? calls.drain(state) : calls.tick(state, input.tick)
  if (isPlaced(input)) return calls.placed(state, input.placed)
  return isCallEvent(input) ? calls.step(state, input) : calls.ingest(state, input)
}

/**
 * All that a correlator tells of these, one after the other: what an adapter is fed in a test.
 *
 * @example
 * import { calls, changesOf } from 'call-legs/testing'
 * import fc from 'fast-check'
 *
 * const answered = calls({ stories: ['direct call, answered'] })
 * fc.assert(fc.property(answered, ({ events }) => changesOf([...events, { tick: Infinity }])[0]?.change === 'registered'))
 *
 * @since 0.1.0
 * @category testing
 */
export const changesOf = (inputs: Iterable<Given>, config: Config = {}): ReadonlyArray<Change> => {
  const machine = correlator(config)
  const changes: Array<Change> = []
  let state = machine.initial
  for (const input of inputs) {
    const [next, told] = take(machine, state, input)
    state = next
    changes.push(...told)
  }
  return changes
}

/**
 * A story about a correlator, for any test runner: given what has happened, when this happens, then it tells these
 * changes.
 *
 * @example
 * import { given, smallCompany, tell } from 'call-legs/testing'
 *
 * const { events } = tell(({ ring, answer, wait, hangup }) => {
 *   const leg = ring(smallCompany.phones[0], { number: '+79160000001' })
 *   answer(leg)
 *   wait(60_000_000)
 *   hangup(leg, 'ANSWER')
 * })
 *
 * given(events.slice(0, 2)).when(...events.slice(2)).then([
 *   { change: 'registered', record: { kind: 'answered', remoteNumber: '+79160000001' } }
 * ])
 *
 * @since 0.1.0
 * @category testing
 */
export const given = (before: Iterable<Given>, config: Config = {}): { readonly when: (...inputs: ReadonlyArray<Given>) => Told } => ({
  when: (...inputs) => {
    const past = [...before]
    const changes = changesOf([...past, ...inputs], config).slice(changesOf(past, config).length)
    return {
      changes,
      then: (expected) => {
        const different = differences('changes', changes, expected)
        if (different.length > 0) throw new Error(`${different.join('\n')}\n\nThe changes are ${JSON.stringify(changes, undefined, 2)}`)
      }
    }
  }
})
