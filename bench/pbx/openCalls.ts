import { seconds } from 'call-legs'
import type { Leg } from '../../test/pbx/wire.js'
import type { CallPlayer } from './CallPlayer.js'
import { among, client } from './draws.js'
import { phones, queues } from './office.js'

/** A call of two legs, under way: a caller whom a queue took, and the phone that answered him. */
export interface OpenCall {
  readonly player: CallPlayer
  readonly held: Leg
  readonly phone: Leg
}

export const openCall = (player: CallPlayer): OpenCall => {
  const { random, ring, answer, wait } = player
  const caller = client(random)
  const queue = among(random, queues)
  const held = ring(queue, caller)
  const phone = ring(among(random, phones), { ...caller, through: queue })
  wait(seconds(1), seconds(5))
  answer(phone)
  return { player, held, phone }
}

/** The talk ends, and the queue's leg with it. */
export const closeCall = ({ player, held, phone }: OpenCall): void => {
  player.hangup(phone, 'ANSWER', 'answered')
  player.leave(held, 'yes')
}

/** Nobody takes the caller. */
export const missCall = (player: CallPlayer): void => {
  const held = player.ring(among(player.random, queues), client(player.random))
  player.leave(held, 'no', 'missed')
}
