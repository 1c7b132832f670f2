import fc from 'fast-check'
import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js'
import { minutes } from '../event/time.js'
import { smallCompany, type Company } from './Company.js'
import { drawFrom, type Words } from './Draw.js'
import { hexOf } from './ids.js'
import { playStory } from './playStory.js'
import type { PlayedCall } from './Script.js'
import { stories } from './stories.js'
import type { Dialect } from './wire.js'

/**
 * Which calls are to be drawn.
 *
 * @since 0.1.0
 * @category testing
 */
export interface CallConstraints {
  /** Only calls of these stories, by their names. Default: of all. */
  readonly stories?: ReadonlyArray<string>
  /**
   * Only calls as a sound PBX sends them: each leg begins and ends, and nothing comes after a miss has settled. Default: also
   * calls with a leg that never closes.
   */
  readonly healthy?: boolean
  /** Only calls of at most seven events, few enough for all their permutations. Default: false. */
  readonly small?: boolean
  /** Default: {@link smallCompany}. */
  readonly company?: Company
  /** What is certain about the installation of the PBX that sends the events. Default: all sorts. */
  readonly dialect?: Partial<Dialect>
}

/** Up to here all permutations of a call's events can be tried. */
export const SMALL = 7

const MAX_WORD = 0xffff_ffff

/** Chance that shrinks: numbers of which each can become 0, the simplest choice. */
const tape = (length: number): fc.Arbitrary<ReadonlyArray<number>> =>
  fc.array(fc.nat({ max: MAX_WORD }), { minLength: length, maxLength: length })

/** What is behind the end of the tape is the simplest. */
const wordsOf = (recorded: ReadonlyArray<number>): Words => {
  let place = 0
  return () => recorded[place++] ?? 0
}

/** The longest story of the small company that was seen drew 56 words, its setting 28. */
const STORY_WORDS = 64
const SETTING_WORDS = 32

/**
 * A call of any story, as the PBX sends it: its events in the order in which they happened. Shrinks towards a client
 * who rings at a phone that answers.
 *
 * @example
 * import { calls } from 'call-legs/testing'
 * import fc from 'fast-check'
 *
 * fc.assert(fc.property(calls(), ({ callId, events }) => events.every((event) => event.CallID === callId)))
 *
 * @since 0.1.0
 * @category testing
 */
export const calls = (constraints: CallConstraints = {}): fc.Arbitrary<PlayedCall> => {
  const { healthy = false, small = false, company = smallCompany, dialect } = constraints
  const asked = stories.filter((story) => (constraints.stories?.includes(story.name) ?? true) && (!healthy || story.healthy))
  // an empty choice is told by fast-check
  if (!isNonEmpty(asked)) return fc.constantFrom<PlayedCall>()
  const call = fc
    .tuple(fc.noBias(fc.nat({ max: MAX_WORD })), fc.noBias(fc.nat({ max: MAX_WORD })), fc.nat({ max: minutes(30) }), tape(SETTING_WORDS), tape(STORY_WORDS))
    .map(([which, id, after, setting, told]) => {
      const story = drawFrom(wordsOf([which])).weighted(asked)
      const circumstances = { callId: hexOf(`call ${id}`), startAt: 1_780_000_000_000_000 + after, company, dialect }
      return playStory(story, circumstances, drawFrom(wordsOf(setting)), drawFrom(wordsOf(told), small))
    })
  return small ? call.filter(({ events }) => events.length <= SMALL) : call
}
