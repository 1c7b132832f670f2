import { anomaliesOf } from '../call/anomalies.js'
import type { Anomaly } from '../call/Anomaly.js'
import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { callOf, formOf, type CallForm } from './CallForm.js'
import type { Change } from './Change.js'
import { NO_REVISIONS } from './changes.js'
import { isQuiet, type HeldCall } from './HeldCall.js'

/**
 * A call in which nothing is open any more, held for the sake of late events only: its form packed into two
 * strings and the times, since there are many of these, and most of them are never looked at again.
 */
export interface RestingCall {
  readonly tag: 'resting'
  /** The words of the form, the length of each text, and how many texts there are: each of these as one character. */
  readonly numbers: string
  /** All texts, one behind the other. */
  readonly texts: string
  readonly times: ReadonlyArray<number>
  /** What few calls have: the word that it was placed, a settled miss, revisions. */
  readonly rest: Omit<CallForm, 'words' | 'texts' | 'times'>
  /** When it is let go. */
  readonly due: EpochMicros
  /** When to look at it next: never later. */
  readonly lookAt: EpochMicros
  /** What it tells when it is let go: its records stand, so nobody need wake it for that. */
  readonly oddities: ReadonlyArray<Anomaly>
}

const ORDINARY: RestingCall['rest'] = { placed: undefined, settled: false, revisions: NO_REVISIONS }

const restOf = ({ placed, settled, revisions }: CallForm): RestingCall['rest'] =>
  placed === undefined && !settled && revisions === NO_REVISIONS ? ORDINARY : { placed, settled, revisions }

/** Beyond these a number does not go into one character, and a call that large is no common one. */
const MOST_LEGS = 200
const MOST_NUMBERS = 20_000
const LONGEST_TEXT = 20_000

const NO_ODDITIES: ReadonlyArray<Anomaly> = []
const NO_CHANGES: ReadonlyArray<Change> = []

/** Nothing is open, so that giving the call up adds nothing to them. */
const odditiesOf = (settings: Settings, { call }: HeldCall): ReadonlyArray<Anomaly> => {
  const oddities = anomaliesOf(settings, call)
  return oddities.length === 0 ? NO_ODDITIES : oddities
}

/** The words, the lengths of the texts, and their count, as one text; nothing, if there are too many, or one is too long. */
const packed = ({ words, texts }: CallForm): string | undefined => {
  if (words.length + texts.length > MOST_NUMBERS) return undefined
  const numbers = words.slice()
  for (const { length } of texts) {
    if (length > LONGEST_TEXT) return undefined
    numbers.push(length)
  }
  numbers.push(texts.length)
  return String.fromCharCode.apply(null, numbers)
}

/** Puts a call to rest, if nothing of it is open. */
export const rest = (settings: Settings, held: HeldCall, due: EpochMicros): RestingCall | undefined => {
  if (!isQuiet(held) || held.call.legs.length > MOST_LEGS) return undefined
  const form = formOf(held)
  const numbers = packed(form)
  if (numbers === undefined) return undefined
  return {
    tag: 'resting',
    numbers,
    texts: form.texts.join(''),
    times: form.times.slice(),
    rest: restOf(form),
    due,
    lookAt: held.lookAt,
    oddities: odditiesOf(settings, held)
  }
}

/** The form that was packed. */
export const unpacked = ({ numbers, texts: joined, times, rest: few }: RestingCall): CallForm => {
  const count = numbers.charCodeAt(numbers.length - 1)
  const lengths = numbers.length - 1 - count
  const words: Array<number> = []
  for (let i = 0; i < lengths; i++) words.push(numbers.charCodeAt(i))
  const texts: Array<string> = []
  let from = 0
  for (let i = 0; i < count; i++) {
    const to = from + numbers.charCodeAt(lengths + i)
    texts.push(joined.slice(from, to))
    from = to
  }
  return { texts, words, times, ...few }
}

/** The call again, as it was. */
export const wake = (settings: Settings, callId: string, resting: RestingCall): HeldCall | undefined =>
  callOf(settings, callId, unpacked(resting))

/** R-expiry: what a resting call tells when it is let go. */
export const letGo = ({ oddities }: RestingCall): ReadonlyArray<Change> =>
  oddities.length === 0 ? NO_CHANGES : oddities.map((anomaly) => ({ change: 'anomaly', anomaly }))
