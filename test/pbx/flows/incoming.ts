import fc from 'fast-check'
import { anyCaller, endOfTalk, listening, phone, ringing, talk, unanswered } from '../draws.js'
import { flow } from '../Flow.js'
import { entrance, enterQueue, pickUp, pickup } from '../stages.js'

export const directAnswered = flow({
  name: 'direct call, answered',
  weight: 4,
  drawn: () => fc.record({ caller: anyCaller, phone, ringing, talk, end: endOfTalk }),
  story: ({ ring, answer, hangup, wait }, { caller, phone, ringing, talk, end }) => {
    const leg = ring(phone, caller)
    wait(ringing)
    answer(leg)
    wait(talk)
    hangup(leg, end)
  }
})

export const directNotAnswered = flow({
  name: 'direct call, not answered',
  drawn: () => fc.record({ caller: anyCaller, phone, ringing, status: unanswered }),
  story: ({ ring, hangup, wait }, { caller, phone, ringing, status }) => {
    const leg = ring(phone, caller)
    wait(ringing)
    hangup(leg, status)
  }
})

export const queueAnswered = flow({
  name: 'IVR and queue, answered',
  weight: 5,
  drawn: (size) =>
    fc.record({
      caller: anyCaller, through: entrance(size), pickup: pickup(size), talk, end: endOfTalk, queueStays: fc.boolean(),
      // Seven events do not hold both an IVR and a second phone.
      ivr: size === 'small' ? fc.boolean() : fc.constant(true)
    }),
  story: (script, { caller, through, pickup, talk, end, queueStays, ivr }) => {
    const held = enterQueue(script, { ...through, ivr }, caller)
    const leg = pickUp(script, pickup, held.caller)
    if (!queueStays) held.leave('yes')
    script.wait(talk)
    script.hangup(leg, end)
    if (queueStays) held.leave('yes')
  }
})

export const queueRingsAgain = flow({
  name: 'queue rings the same phone again',
  drawn: (size) =>
    fc.record({
      caller: anyCaller,
      through: entrance(size),
      phone,
      patience: fc.array(ringing, { minLength: 1, maxLength: size === 'small' ? 1 : 3 }),
      pause: listening,
      ringing,
      talk
    }),
  story: (script, { caller, through, phone, patience, pause, ringing, talk }) => {
    const { ring, answer, hangup, wait } = script
    const held = enterQueue(script, through, caller)
    patience.forEach((ringsFor) => {
      const leg = ring(phone, held.caller)
      wait(ringsFor)
      hangup(leg, 'NOANSWER')
      wait(pause)
    })
    const leg = ring(phone, held.caller)
    wait(ringing)
    answer(leg)
    wait(talk)
    hangup(leg, 'ANSWER')
    held.leave('yes')
  }
})
