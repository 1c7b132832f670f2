import { seconds } from 'call-legs'
import type { Extension } from '../../test/pbx/company.js'
import type { Leg } from '../../test/pbx/wire.js'
import { ringing, talking, type Caller, type CallPlayer } from './CallPlayer.js'
import { among, client, clientNumber, crew } from './draws.js'
import { ivrs, phones, queues } from './office.js'

/** How a call goes, and how often it comes beside the others. */
export interface Story {
  readonly weight: number
  readonly play: (call: CallPlayer) => void
}

interface Talk {
  readonly phone: Extension
  readonly leg: Leg
  readonly caller: Caller
}

/** IVR, queue, phones that ring together, one that answers; the IVR's and the queue's legs end then, or with the talk. */
const talkByQueue = (call: CallPlayer): Talk & { readonly close: () => void } => {
  const { random, ring, answer, hangup, leave, wait } = call
  const caller = client(random)
  const ivr = among(random, ivrs)
  const queue = among(random, queues)
  const menu = ring(ivr, caller)
  wait(seconds(4), seconds(20))
  const held = ring(queue, { ...caller, through: ivr })
  const rings = crew(random, random.between(3, 8)).map((phone) => ({ phone, leg: ring(phone, { ...caller, through: queue }) }))
  wait(...ringing)
  const taken = among(random, rings)
  answer(taken.leg)
  for (const { leg } of rings) if (leg !== taken.leg) hangup(leg, 'CANCEL')
  const close = (): void => {
    leave(held, 'yes')
    leave(menu, 'yes')
  }
  const early = random.chance(0.5)
  if (early) close()
  wait(...talking)
  return { ...taken, caller, close: early ? () => undefined : close }
}

const queueAnswered: Story['play'] = (call) => {
  const { leg, close } = talkByQueue(call)
  call.hangup(leg, 'ANSWER', 'answered')
  close()
}

const queueMissed: Story['play'] = ({ random, ring, hangup, leave, wait }) => {
  const caller = client(random)
  const ivr = among(random, ivrs)
  const queue = among(random, queues)
  const menu = ring(ivr, caller)
  wait(seconds(4), seconds(20))
  const held = ring(queue, { ...caller, through: ivr })
  for (let rounds = random.between(1, 3); rounds > 0; rounds--) {
    const legs = crew(random, random.between(3, 8)).map((phone) => ring(phone, { ...caller, through: queue }))
    wait(seconds(15), seconds(25))
    for (const leg of legs) hangup(leg, 'NOANSWER')
  }
  leave(held, 'no', 'missed')
  leave(menu, 'no')
}

const directAnswered: Story['play'] = ({ random, ring, answer, hangup, wait }) => {
  const leg = ring(among(random, phones), client(random))
  wait(...ringing)
  answer(leg)
  wait(...talking)
  hangup(leg, 'ANSWER', 'answered')
}

const directNotAnswered: Story['play'] = ({ random, ring, hangup, wait }) => {
  const leg = ring(among(random, phones), client(random))
  wait(...ringing)
  hangup(leg, 'CANCEL')
}

const outgoingAnswered: Story['play'] = ({ random, dial, answer, hangup, wait }) => {
  const leg = dial(among(random, phones), clientNumber(random))
  wait(...ringing)
  answer(leg)
  wait(...talking)
  hangup(leg, 'ANSWER', 'answered')
}

const outgoingInVain: Story['play'] = ({ random, dial, hangup, wait }) => {
  const leg = dial(among(random, phones), clientNumber(random))
  wait(...ringing)
  hangup(leg, among(random, ['BUSY', 'NOANSWER', 'CANCEL', 'CONGESTION']), 'unsuccessful')
}

/** #1: the first leg ends, the colleague's phone rings with the client's number behind. */
const blindTransfer: Story['play'] = (call) => {
  const { random, ring, answer, hangup, wait } = call
  const { phone, leg, caller, close } = talkByQueue(call)
  hangup(leg, 'ANSWER', 'answered')
  close()
  const next = ring(among(random, phones), { number: phone.name, through: phone, remote: caller.number })
  wait(...ringing)
  answer(next)
  wait(...talking)
  hangup(next, 'ANSWER', 'transferred')
}

/** *2: the colleague is asked first, while the client waits, and then talks on. */
const attendedTransfer: Story['play'] = (call) => {
  const { random, ring, answer, hangup, wait } = call
  const { phone, leg, caller, close } = talkByQueue(call)
  const next = ring(among(random, phones), { number: phone.name, through: phone, remote: caller.number })
  wait(...ringing)
  answer(next)
  wait(seconds(5), seconds(40))
  hangup(leg, 'ANSWER', 'answered')
  close()
  wait(...talking)
  hangup(next, 'ANSWER', 'transferred')
}

const forwardOutside: Story['play'] = ({ random, ring, forward, answer, hangup, wait }) => {
  const caller = client(random)
  const phone = among(random, phones)
  const leg = ring(phone, caller)
  wait(...ringing)
  hangup(leg, 'NOANSWER')
  const away = forward(phone, clientNumber(random), { did: caller.did })
  wait(...ringing)
  answer(away)
  wait(...talking)
  hangup(away, 'ANSWER', 'transferred')
}

/** Click-to-call: the source's phone rings as if the client called, then the client is called. */
const clickToCall: Story['play'] = ({ random, ring, dial, answer, hangup, wait }) => {
  const callBackId = random.hex()
  const phone = among(random, phones)
  const number = clientNumber(random)
  const source = ring(phone, { number, callBackId })
  wait(...ringing)
  answer(source)
  const away = dial(phone, number, { callBackId })
  wait(...ringing)
  answer(away)
  wait(...talking)
  hangup(away, 'ANSWER', 'callback')
  hangup(source, 'ANSWER')
}

const localCall: Story['play'] = ({ random, dial, ring, answer, hangup, wait }) => {
  const from = among(random, phones)
  const to = among(random, phones)
  const out = dial(from, to.name, { reaches: to })
  const into = ring(to, { number: from.name, through: from })
  wait(...ringing)
  answer(into)
  answer(out)
  wait(...talking)
  hangup(into, 'ANSWER')
  hangup(out, 'ANSWER')
}

/** Answered, missed and transferred: what a loop by hand covers as well. */
export const plainStories: ReadonlyArray<Story> = [
  { weight: 32, play: queueAnswered },
  { weight: 10, play: queueMissed },
  { weight: 16, play: directAnswered },
  { weight: 5, play: directNotAnswered },
  { weight: 18, play: outgoingAnswered },
  { weight: 7, play: blindTransfer }
]

/** The day of a company: what its PBX sends in working hours. */
export const everydayStories: ReadonlyArray<Story> = [
  ...plainStories,
  { weight: 9, play: outgoingInVain },
  { weight: 3, play: attendedTransfer },
  { weight: 2, play: forwardOutside },
  { weight: 4, play: clickToCall },
  { weight: 4, play: localCall }
]
