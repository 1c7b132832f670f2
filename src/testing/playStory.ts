import type { Company } from './Company.js'
import { drawSetup } from './draws.js'
import type { Draw } from './Draw.js'
import { play, type PlayedCall } from './Script.js'
import type { Story } from './Story.js'
import type { Dialect } from './wire.js'

/** Who the call is, and what is given about the installation. */
export interface Circumstances {
  readonly callId: string
  readonly startAt: number
  readonly company: Company
  /** What is absent is drawn. */
  readonly dialect?: Partial<Dialect> | undefined
}

/** Plays a call of this story; the gaps and the installation are drawn apart from the story, so that they do not shift each other. */
export const playStory = (story: Story, { callId, startAt, company, dialect }: Circumstances, setting: Draw, draw: Draw): PlayedCall =>
  play(story.name, drawSetup(setting, callId, startAt, dialect), (script) => story.tell(draw, script, company))
