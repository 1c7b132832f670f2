import fc from 'fast-check'
import { anyCaller, endOfService, endOfTalk, listening, phone, queue, ringing, rounds, talk, unanswered } from '../draws.js'
import { flow } from '../Flow.js'
import { entrance, enterQueue, pickUp, pickup, ringInVain } from '../stages.js'

export const missedAtIvr = flow({
  name: 'missed at the IVR',
  drawn: () => fc.record({ caller: anyCaller, listening, status: endOfService }),
  story: ({ enter, leave, wait }, { caller, listening, status }) => {
    const menu = enter(800, caller)
    wait(listening)
    leave(menu, 'no', status)
  }
})

/** The client gives up in the queue; the hangups of IVR and queue come fractions of a second apart, in either order. */
const missedAtQueue = (name: string, ivrFirst: boolean, weight: number) =>
  flow({
    name,
    weight,
    drawn: (size) => fc.record({ caller: anyCaller, menu: listening, queue, rounds: rounds(size), music: listening, status: endOfService }),
    story: (script, { caller, menu, queue, rounds, music, status }) => {
      const { enter, leave, wait } = script
      const ivr = enter(800, caller)
      wait(menu)
      const held = enter(queue, { ...caller, through: 800 })
      ringInVain(script, rounds, { ...caller, through: queue })
      wait(music)
      const last = ivrFirst ? [ivr, held] : [held, ivr]
      last.forEach((leg) => leave(leg, 'no', status))
    }
  })

export const missedIvrFirst = missedAtQueue('missed at the queue, the IVR hangs up first', true, 4)
export const missedQueueFirst = missedAtQueue('missed at the queue, the queue hangs up first', false, 3)

const otherQueue = (queue: 887 | 888): 887 | 888 => (queue === 887 ? 888 : 887)

export const overflowAnswered = flow({
  name: 'overflow to another queue, answered',
  drawn: (size) =>
    fc.record({
      caller: anyCaller, through: entrance(size), rounds: rounds(size), music: listening, pickup: pickup(size), talk, end: endOfTalk
    }),
  story: (script, { caller, through, rounds, music, pickup, talk, end }) => {
    const first = enterQueue(script, through, caller)
    ringInVain(script, rounds, first.caller)
    script.wait(music)
    first.leave('no')
    const next = otherQueue(through.queue)
    const second = script.enter(next, { ...caller, through: through.queue })
    const leg = pickUp(script, pickup, { ...caller, through: next })
    script.leave(second, 'yes')
    script.wait(talk)
    script.hangup(leg, end)
  }
})

export const overflowMissed = flow({
  name: 'overflow to another queue, missed',
  drawn: (size) =>
    fc.record({
      caller: anyCaller, through: entrance(size), rounds: rounds(size), music: listening, more: rounds(size), patience: listening,
      handover: fc.boolean()
    }),
  story: (script, { caller, through, rounds, music, more, patience, handover }) => {
    const first = enterQueue(script, through, caller)
    ringInVain(script, rounds, first.caller)
    script.wait(music)
    const next = otherQueue(through.queue)
    if (!handover) first.leave('no')
    const second = script.enter(next, { ...caller, through: through.queue })
    if (handover) first.leave('no')
    ringInVain(script, more, { ...caller, through: next })
    script.wait(patience)
    script.leave(second, 'no')
  }
})

/** The queue times out, says `no`, and a phone takes the call, or does not; one that began to ring before the queue ended takes a dead call. */
const overflowToPhone = (name: string, answered: boolean) =>
  flow({
    name,
    drawn: (size) =>
      fc.record({
        caller: anyCaller, through: entrance(size), rounds: rounds(size), music: listening, phone, ringing, talk,
        ringsBefore: fc.boolean(), status: unanswered
      }),
    story: (script, { caller, through, rounds, music, phone, ringing, talk, ringsBefore, status }) => {
      const { ring, answer, hangup, wait } = script
      const held = enterQueue(script, through, caller)
      ringInVain(script, rounds, held.caller)
      wait(music)
      if (!ringsBefore) held.leave('no')
      const leg = ring(phone, held.caller)
      if (ringsBefore) held.leave('no')
      wait(ringing)
      if (!answered) return hangup(leg, status)
      answer(leg)
      wait(talk)
      hangup(leg, 'ANSWER')
    }
  })

export const overflowToPhoneAnswered = overflowToPhone('overflow to a phone, answered', true)
export const overflowToPhoneNotAnswered = overflowToPhone('overflow to a phone, not answered', false)
