import { anomaliesOf } from '../call/anomalies.js'
import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { callOf, formOf, type CallForm } from './CallForm.js'
import type { Change } from './Change.js'
import { giveUp, isQuiet, type HeldCall } from './HeldCall.js'

/**
 * A call in which nothing is open any more, held for the sake of late events only: its form packed into two
 * strings and the times, since there are many of these, and most of them are never looked at again.
 */
export interface RestingCall {
  readonly tag: 'resting'
  /** Each small number of the form as one character, one higher, so that what is absent is the first of all. */
  readonly words: string
  /** Each text behind a character that tells its length. */
  readonly texts: string
  readonly times: ReadonlyArray<number>
  /** What few calls have: the word that it was placed, a settled miss, revisions. */
  readonly rest: Omit<CallForm, 'words' | 'texts' | 'times'>
  /** When it is let go. */
  readonly due: EpochMicros
  /** When to look at it next: never later. */
  readonly lookAt: EpochMicros
  /** Has it nothing odd to tell when it is let go? Then nobody need open it. */
  readonly calm: boolean
}

const ORDINARY: RestingCall['rest'] = { placed: undefined, settled: false, revisions: {} }

const restOf = ({ placed, settled, revisions }: CallForm): RestingCall['rest'] =>
  placed === undefined && !settled && Object.keys(revisions).length === 0 ? ORDINARY : { placed, settled, revisions }

const packWords = (words: ReadonlyArray<number>): string => String.fromCharCode(...words.map((word) => word + 1))

const packTexts = (texts: ReadonlyArray<string>): string => texts.map((text) => String.fromCharCode(text.length) + text).join('')

const unpackTexts = (packed: string): ReadonlyArray<string> => {
  const texts: Array<string> = []
  for (let i = 0; i < packed.length; ) {
    const end = i + 1 + packed.charCodeAt(i)
    texts.push(packed.slice(i + 1, end))
    i = end
  }
  return texts
}

/** Beyond these a number does not go into one character, and a call that large is no common one. */
const MOST_LEGS = 200
const MOST_WORDS = 20_000
const LONGEST_TEXT = 20_000

/** Puts a call to rest, if nothing of it is open. */
export const rest = (settings: Settings, held: HeldCall, due: EpochMicros, lookAt: EpochMicros): RestingCall | undefined => {
  if (!isQuiet(held) || held.call.legs.length > MOST_LEGS) return undefined
  const form = formOf(held)
  if (form.words.length > MOST_WORDS || form.texts.some((text) => text.length > LONGEST_TEXT)) return undefined
  return {
    tag: 'resting',
    words: packWords(form.words),
    texts: packTexts(form.texts),
    times: form.times.slice(),
    rest: restOf(form),
    due,
    lookAt,
    calm: anomaliesOf(settings, { ...held.call, givenUp: true }).length === 0
  }
}

/** The form that was packed. */
export const unpacked = ({ words, texts, times, rest: few }: RestingCall): CallForm => ({
  texts: unpackTexts(texts),
  words: Array.from(words, (character) => character.charCodeAt(0) - 1),
  times,
  ...few
})

/** The call again, as it was. */
export const wake = (settings: Settings, callId: string, resting: RestingCall): HeldCall | undefined =>
  callOf(settings, callId, unpacked(resting))

/** R-expiry: what a resting call tells when it is let go: its records stand, its oddities are told. */
export const letGo = (settings: Settings, callId: string, resting: RestingCall): ReadonlyArray<Change> => {
  if (resting.calm) return []
  const held = wake(settings, callId, resting)
  return held === undefined ? [] : giveUp(settings, held)[1]
}
