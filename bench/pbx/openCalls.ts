import { seconds } from 'call-legs'
import type { Draw } from '../../src/testing/Draw.js'
import { drawCaller } from '../../src/testing/draws.js'
import { hexOf } from '../../src/testing/ids.js'
import type { Begun } from '../../src/testing/inOrder.js'
import { playerOf, type Player, type Script } from '../../src/testing/Script.js'
import { story } from '../../src/testing/Story.js'
import { LIVE, type Leg } from '../../src/testing/wire.js'
import { company } from './days.js'

/** Plays a call that may go on later. */
export const player = (name: string, startAt: number): Player =>
  playerOf({ callId: hexOf(name), startAt, moments: [20_011, 71_003, 1_019, 88_001], dialect: LIVE })

/** The legs of a call under way: a caller whom a queue took, and the phone that answered him. */
export interface OpenLegs {
  readonly held: Leg
  readonly phone: Leg
}

/** A call under way. */
export interface OpenCall extends OpenLegs {
  readonly player: Player
}

/** The caller comes, and a phone answers him. */
const openLegs = (draw: Draw, { ring, answer, wait, becomes }: Script): OpenLegs => {
  const caller = drawCaller(draw, company)
  const queue = draw.pick(company.queues)
  const held = ring(queue, caller)
  const phone = becomes('answered', ring(draw.pick(company.phones), { ...caller, through: queue }))
  wait(draw.between(seconds(1), seconds(5)))
  answer(phone)
  return { held, phone }
}

export const openCall = (draw: Draw, played: Player): OpenCall => ({ player: played, ...openLegs(draw, played.script) })

/** The talk ends, and the queue's leg with it. */
const closeLegs = ({ hangup, leave }: Script, { held, phone }: OpenLegs): void => {
  hangup(phone, 'ANSWER')
  leave(held, 'yes')
}

export const closeCall = (call: OpenCall): void => closeLegs(call.player.script, call)

/** Nobody takes the caller. */
export const missCall = (draw: Draw, { ring, leave, missed }: Script): void => {
  leave(ring(draw.pick(company.queues), drawCaller(draw, company)), 'no')
  missed()
}

export const openStory = story('open', (draw, script) => void openLegs(draw, script))
export const closedStory = story('closed', (draw, script) => closeLegs(script, openLegs(draw, script)))

/** What was played of a call from its event number `from` on. */
export const playedFrom = ({ played }: Player, startAt: number, from = 0): Begun => {
  const call = played('under way')
  return { startAt, call: { ...call, events: call.events.slice(from) } }
}
