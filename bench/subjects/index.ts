import type { Subject } from '../Subject.js'
import { byHand } from './byHand.js'
import { classify } from './classify.js'
import { events } from './events.js'
import { legs } from './legs.js'
import { memory } from './memory.js'
import { openCalls } from './openCalls.js'

/** What a process can be asked to measure. */
export const subjects: Readonly<Record<string, Subject>> = { events, byHand, openCalls, legs, memory, classify }
