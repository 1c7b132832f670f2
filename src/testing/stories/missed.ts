import { drawCaller, endOfService, endOfTalk, listening, ringing, rounds, talk, unanswered } from '../draws.js'
import { drawPickup, enterQueue, pickUp, ringInVain } from '../stages.js'
import { story } from '../Story.js'

export const missedAtIvr = story('missed at the IVR', (draw, { ring, leave, wait, missed }, company) => {
  const menu = ring(draw.pick(company.ivrs), drawCaller(draw, company))
  wait(listening(draw))
  leave(menu, 'no', endOfService(draw))
  missed()
})

/** The client gives up in the queue; the hangups of IVR and queue come fractions of a second apart, in either order. */
const missedAtQueue = (name: string, ivrFirst: boolean, weight: number) =>
  story(name, (draw, script, company) => {
    const { ring, leave, wait } = script
    const caller = drawCaller(draw, company)
    const [ivr, queue] = [draw.pick(company.ivrs), draw.pick(company.queues)]
    const menu = ring(ivr, caller)
    wait(listening(draw))
    const held = ring(queue, { ...caller, through: ivr })
    ringInVain(script, rounds(draw, company), { ...caller, through: queue })
    wait(listening(draw))
    const status = endOfService(draw)
    const last = ivrFirst ? [menu, held] : [held, menu]
    last.forEach((leg) => leave(leg, 'no', status))
    script.missed()
  }, weight)

export const missedIvrFirst = missedAtQueue('missed at the queue, the IVR hangs up first', true, 4)
export const missedQueueFirst = missedAtQueue('missed at the queue, the queue hangs up first', false, 3)

export const overflowAnswered = story('overflow to another queue, answered', (draw, script, company) => {
  const { ring, leave, hangup, wait, becomes } = script
  const caller = drawCaller(draw, company)
  const first = enterQueue(draw, script, company, caller)
  ringInVain(script, rounds(draw, company), first.caller)
  wait(listening(draw))
  first.leave('no')
  const next = draw.other(company.queues, first.queue)
  const second = ring(next, first.caller)
  const leg = becomes('answered', pickUp(script, drawPickup(draw, company), { ...caller, through: next }))
  leave(second, 'yes')
  wait(talk(draw))
  hangup(leg, endOfTalk(draw))
})

export const overflowMissed = story('overflow to another queue, missed', (draw, script, company) => {
  const { ring, leave, wait, missed } = script
  const caller = drawCaller(draw, company)
  const first = enterQueue(draw, script, company, caller)
  ringInVain(script, rounds(draw, company), first.caller)
  wait(listening(draw))
  const next = draw.other(company.queues, first.queue)
  const handover = draw.chance(0.5)
  if (!handover) first.leave('no')
  const second = ring(next, first.caller)
  if (handover) first.leave('no')
  ringInVain(script, rounds(draw, company), { ...caller, through: next })
  wait(listening(draw))
  leave(second, 'no')
  missed()
})

/** The queue times out, says `no`, and a phone takes the call, or does not; one that began to ring before the queue ended takes a dead call. */
const overflowToPhone = (name: string, answered: boolean) =>
  story(name, (draw, script, company) => {
    const { ring, answer, hangup, wait, becomes, missed } = script
    const held = enterQueue(draw, script, company, drawCaller(draw, company))
    ringInVain(script, rounds(draw, company), held.caller)
    wait(listening(draw))
    const ringsBefore = draw.chance(0.5)
    if (!ringsBefore) held.leave('no')
    const leg = ring(draw.pick(company.phones), held.caller)
    if (ringsBefore) held.leave('no')
    if (ringsBefore || !answered) missed()
    else becomes('answered', leg)
    wait(ringing(draw))
    if (!answered) return hangup(leg, unanswered(draw))
    answer(leg)
    wait(talk(draw))
    hangup(leg, 'ANSWER')
  })

export const overflowToPhoneAnswered = overflowToPhone('overflow to a phone, answered', true)
export const overflowToPhoneNotAnswered = overflowToPhone('overflow to a phone, not answered', false)

/** The queue gave the caller up while its phones still rang, and one of them is answered: nobody is there any more. */
export const deadCall = story('dead call', (draw, script, company) => {
  const { ring, answer, hangup, wait, missed } = script
  const held = enterQueue(draw, script, company, drawCaller(draw, company))
  ringInVain(script, rounds(draw, company), held.caller)
  const phones = draw.some(company.phones, 1, draw.small ? 2 : company.together[1])
  const legs = phones.map((phone) => ring(phone, held.caller))
  wait(ringing(draw))
  held.leave('no')
  missed()
  const [taken, ...others] = legs
  if (taken === undefined) return
  wait(draw.between(0, 4_000_000))
  answer(taken)
  others.forEach((leg) => hangup(leg, 'CANCEL'))
  wait(draw.between(0, 10_000_000))
  hangup(taken, endOfTalk(draw))
})
