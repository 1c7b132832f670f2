import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { EpochMicros, Micros } from '../event/time.js'
import type { Company } from './Company.js'
import { drawFrom } from './Draw.js'
import { hexOf } from './ids.js'
import type { Begun } from './inOrder.js'
import { playStory } from './playStory.js'
import { seeded } from './seeded.js'
import type { Story } from './Story.js'
import type { Dialect } from './wire.js'

/** Calls to be played: the same for the same draft, in any run and on any machine. */
export interface SeededCalls {
  readonly seed: number
  readonly company: Company
  readonly stories: ReadonlyNonEmptyArray<Story>
  readonly dialect: Partial<Dialect>
  /** When a call begins, by the time that has gone by on the company's clock, which may stand still at night. */
  readonly startAt: (elapsed: Micros) => EpochMicros
  /** Calls begin so far apart on average. */
  readonly every: Micros
}

/** Calls without end, one after the other as they begin. */
export function* seededCalls({ seed, company, stories, dialect, startAt, every }: SeededCalls): Generator<Begun> {
  const draw = drawFrom(seeded(seed))
  let elapsed = 0
  for (let n = 0; ; n++) {
    elapsed += draw.between(0, 2 * Math.round(every))
    const begins = startAt(elapsed)
    const circumstances = { callId: hexOf(`seed ${seed}, call ${n}`), startAt: begins, company, dialect }
    yield { startAt: begins, call: playStory(draw.weighted(stories), circumstances, draw, draw) }
  }
}
