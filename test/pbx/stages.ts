import fc from 'fast-check'
import type { Micros } from '../../src/event/time.js'
import { phones, type Phone, type Queue } from './company.js'
import { client, listening, phone, queue, ringing, rounds, sparing, talk, type Client, type Round, type Size } from './draws.js'
import type { Caller, Script } from './Script.js'
import type { Leg } from './wire.js'

/** Phones ring round after round, and nobody answers. */
export const ringInVain = ({ ring, wait, hangup }: Script, tries: ReadonlyArray<Round>, caller: Caller): void =>
  tries.forEach((round) => {
    const legs = round.phones.map((it) => ring(it, caller))
    wait(round.ringing)
    legs.forEach((leg) => hangup(leg, 'NOANSWER'))
  })

/** How a call finds its phone. */
export interface Pickup {
  /** Rounds in which nobody answered. */
  readonly before: ReadonlyArray<Round>
  readonly by: Phone
  /** Phones that rang beside it. */
  readonly beside: ReadonlyArray<Phone>
  readonly ringing: Micros
}

export const pickup = (size: Size): fc.Arbitrary<Pickup> =>
  fc
    .record({
      before: rounds(size).map((all) => all.slice(0, 2)),
      by: phone,
      beside: fc.uniqueArray(phone, { maxLength: size === 'small' ? 1 : 3 }),
      ringing
    })
    .map((drawn) => ({ ...drawn, beside: drawn.beside.filter((it) => it !== drawn.by) }))

/** The same without this phone, which is on the line already. */
export const pickupSparing = (spared: Phone, { before, by, beside, ringing: ringsFor }: Pickup): Pickup => {
  const next = by === spared ? phones[(phones.indexOf(by) + 1) % phones.length] ?? by : by
  return { before: sparing(spared, before), by: next, beside: beside.filter((it) => it !== spared && it !== next), ringing: ringsFor }
}

/** Phones ring until one answers; those beside it get their hangups then. */
export const pickUp = (script: Script, { before, by, beside, ringing: ringsFor }: Pickup, caller: Caller): Leg => {
  ringInVain(script, before, caller)
  const others = beside.map((it) => script.ring(it, caller))
  const leg = script.ring(by, caller)
  script.wait(ringsFor)
  script.answer(leg)
  others.forEach((other) => script.hangup(other, 'CANCEL'))
  return leg
}

/** An IVR or a queue that a caller is in, to be left later. */
export interface Held {
  readonly caller: Caller
  readonly leave: (bridged: 'yes' | 'no') => void
}

/** What the caller goes through before a queue takes him. */
export interface Entrance {
  readonly ivr: boolean
  readonly menu: Micros
  readonly queue: Queue
  /** The IVR ends when it hands over, not with the queue. It says `no` then: nobody has answered yet. */
  readonly ivrLeavesFirst: boolean
}

export const entrance = (size: Size): fc.Arbitrary<Entrance> =>
  fc.record({ ivr: size === 'small' ? fc.constant(false) : fc.boolean(), menu: listening, queue, ivrLeavesFirst: fc.boolean() })

/** By way of the IVR or straight into the queue. */
export const enterQueue = ({ enter, leave, wait }: Script, through: Entrance, caller: Caller): Held => {
  if (!through.ivr) {
    const only = enter(through.queue, caller)
    return { caller: { ...caller, through: through.queue }, leave: (bridged) => leave(only, bridged) }
  }
  const menu = enter(800, caller)
  wait(through.menu)
  const held = enter(through.queue, { ...caller, through: 800 })
  if (through.ivrLeavesFirst) leave(menu, 'no')
  return {
    caller: { ...caller, through: through.queue },
    leave: (bridged) => {
      leave(held, bridged)
      if (!through.ivrLeavesFirst) leave(menu, bridged)
    }
  }
}

/** How the company and its client come to talk, before something is done with that talk. */
export interface Opening {
  readonly client: Client
  readonly way: 'straight to a phone' | 'by a queue' | 'dialled from a phone'
  readonly through: Entrance
  readonly pickup: Pickup
  /** A queue that ends at the answer, or only with the talk. */
  readonly queueLeaves: 'at the answer' | 'with the talk'
  readonly talk: Micros
}

export const opening = (size: Size): fc.Arbitrary<Opening> =>
  fc.record({
    client,
    way: size === 'small'
      ? fc.constantFrom('straight to a phone' as const, 'dialled from a phone' as const)
      : fc.constantFrom('straight to a phone' as const, 'by a queue' as const, 'dialled from a phone' as const),
    through: entrance(size),
    pickup: pickup(size),
    queueLeaves: fc.constantFrom('at the answer' as const, 'with the talk' as const),
    talk
  })

/** A talk under way. */
export interface Talk {
  readonly phone: Phone
  readonly leg: Leg
  /** Ends what was left open behind the talk. */
  readonly close: () => void
}

const nothingToClose = (): void => undefined

/** The company and its client talk. */
export const talkWithClient = (script: Script, open: Opening): Talk => {
  const { client: { number, name, did }, pickup: { by, ringing: ringsFor } } = open
  if (open.way === 'dialled from a phone') {
    const leg = script.dial(by, number)
    script.wait(ringsFor)
    script.answer(leg)
    script.wait(open.talk)
    return { phone: by, leg, close: nothingToClose }
  }
  if (open.way === 'straight to a phone') {
    const leg = script.ring(by, { number, name, did })
    script.wait(ringsFor)
    script.answer(leg)
    script.wait(open.talk)
    return { phone: by, leg, close: nothingToClose }
  }
  const held = enterQueue(script, open.through, { number, name, did })
  const leg = pickUp(script, open.pickup, held.caller)
  if (open.queueLeaves === 'at the answer') held.leave('yes')
  script.wait(open.talk)
  return { phone: by, leg, close: open.queueLeaves === 'at the answer' ? nothingToClose : () => held.leave('yes') }
}
