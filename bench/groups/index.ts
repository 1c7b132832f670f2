import type { Group } from '../Group.js'
import { byHand } from './byHand.js'
import { classify } from './classify.js'
import { events } from './events.js'
import { legs } from './legs.js'
import { memory } from './memory.js'
import { openCalls } from './openCalls.js'

export const groups: ReadonlyArray<Group> = [events, byHand, openCalls, legs, memory, classify]
