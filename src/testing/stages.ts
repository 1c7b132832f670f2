/** What happens in many stories. */
import type { Micros } from '../event/time.js'
import type { Company, Extension } from './Company.js'
import { drawClient, listening, ringing, rounds, talk, type Client, type Round } from './draws.js'
import type { Draw } from './Draw.js'
import type { Caller, Script } from './Script.js'
import type { Leg } from './wire.js'

/** Phones ring round after round, and nobody answers. */
export const ringInVain = ({ ring, wait, hangup }: Script, tries: ReadonlyArray<Round>, caller: Caller): void =>
  tries.forEach((round) => {
    const legs = round.phones.map((phone) => ring(phone, caller))
    wait(round.ringing)
    legs.forEach((leg) => hangup(leg, 'NOANSWER'))
  })

/** How a call finds its phone. */
export interface Pickup {
  /** Rounds in which nobody answered. */
  readonly before: ReadonlyArray<Round>
  readonly by: Extension
  /** Phones that rang beside it. */
  readonly beside: ReadonlyArray<Extension>
  readonly ringing: Micros
}

/** A phone that is on the line already is spared. */
export const drawPickup = (draw: Draw, company: Company, spared?: Extension): Pickup => {
  const by = spared === undefined ? draw.pick(company.phones) : draw.other(company.phones, spared)
  return {
    by,
    ringing: ringing(draw),
    beside: draw.some(company.phones, 0, draw.small ? Number(draw.chance(1 / 4)) : company.together[1]).filter((phone) => phone !== by && phone !== spared),
    before: rounds(draw, company, 2, spared)
  }
}

/** Phones ring until one answers; those beside it get their hangups then. */
export const pickUp = (script: Script, { before, by, beside, ringing: ringsFor }: Pickup, caller: Caller): Leg => {
  ringInVain(script, before, caller)
  const others = beside.map((phone) => script.ring(phone, caller))
  const leg = script.ring(by, caller)
  script.wait(ringsFor)
  script.answer(leg)
  others.forEach((other) => script.hangup(other, 'CANCEL'))
  return leg
}

/** A queue that a caller is in, to be left later. */
export interface Held {
  /** The caller as the phones see him. */
  readonly caller: Caller
  readonly queue: Extension
  readonly leave: (bridged: 'yes' | 'no') => void
}

/** By way of the IVR or straight into the queue. An IVR may end when it hands over: it says `no` then, for nobody has answered yet. */
export const enterQueue = (draw: Draw, { ring, leave, wait }: Script, company: Company, caller: Caller, byIvr = !draw.small && draw.chance(0.5)): Held => {
  const queue = draw.pick(company.queues)
  const behind = { queue, caller: { ...caller, through: queue } }
  if (!byIvr) {
    const only = ring(queue, caller)
    return { ...behind, leave: (bridged) => leave(only, bridged) }
  }
  const ivr = draw.pick(company.ivrs)
  const menu = ring(ivr, caller)
  wait(listening(draw))
  const held = ring(queue, { ...caller, through: ivr })
  const leavesFirst = draw.chance(0.5)
  if (leavesFirst) leave(menu, 'no')
  return {
    ...behind,
    leave: (bridged) => {
      leave(held, bridged)
      if (!leavesFirst) leave(menu, bridged)
    }
  }
}

/** A talk of the company with its client under way, before something is done with it. */
export interface Talk {
  readonly client: Client
  readonly phone: Extension
  readonly leg: Leg
  /** Did a queue bring the client? It has told then that he was accepted, or does when the talk is closed. */
  readonly byQueue: boolean
  /** Ends what was left open behind the talk. */
  readonly close: () => void
}

/** The company and its client talk: he came straight to a phone, was called, or came by a queue, which ends at the answer or with the talk. */
export const talkWithClient = (draw: Draw, script: Script, company: Company): Talk => {
  const { ring, dial, answer, wait, becomes } = script
  const client = drawClient(draw, company)
  const way = draw.pick(draw.small ? ['in', 'out'] : ['in', 'out', 'queue'])
  if (way === 'queue') {
    const held = enterQueue(draw, script, company, client)
    const pickup = drawPickup(draw, company)
    const leg = becomes('answered', pickUp(script, pickup, held.caller))
    const stays = draw.chance(0.5)
    if (!stays) held.leave('yes')
    wait(talk(draw))
    return { client, phone: pickup.by, leg, byQueue: true, close: () => { if (stays) held.leave('yes') } }
  }
  const phone = draw.pick(company.phones)
  const leg = becomes('answered', way === 'in' ? ring(phone, client) : dial(phone, client.number))
  wait(ringing(draw))
  answer(leg)
  wait(talk(draw))
  return { client, phone, leg, byQueue: false, close: () => undefined }
}
