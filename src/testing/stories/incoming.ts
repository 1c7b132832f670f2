import { drawCaller, endOfTalk, listening, ringing, talk, unanswered } from '../draws.js'
import { drawPickup, enterQueue, pickUp } from '../stages.js'
import { story } from '../Story.js'

export const directAnswered = story('direct call, answered', (draw, { ring, answer, hangup, wait, becomes }, company) => {
  const leg = becomes('answered', ring(draw.pick(company.phones), drawCaller(draw, company)))
  wait(ringing(draw))
  answer(leg)
  wait(talk(draw))
  hangup(leg, endOfTalk(draw))
}, 4)

export const directNotAnswered = story('direct call, not answered', (draw, { ring, hangup, wait }, company) => {
  const leg = ring(draw.pick(company.phones), drawCaller(draw, company))
  wait(ringing(draw))
  hangup(leg, unanswered(draw))
})

export const queueAnswered = story('IVR and queue, answered', (draw, script, company) => {
  // Seven events do not hold both an IVR and a second phone.
  const held = enterQueue(draw, script, company, drawCaller(draw, company), !draw.small || draw.chance(0.5))
  const leg = script.becomes('answered', pickUp(script, drawPickup(draw, company), held.caller))
  const queueStays = draw.chance(0.5)
  if (!queueStays) held.leave('yes')
  script.wait(talk(draw))
  script.hangup(leg, endOfTalk(draw))
  if (queueStays) held.leave('yes')
}, 5)

export const queueRingsAgain = story('queue rings the same phone again', (draw, script, company) => {
  const { ring, answer, hangup, wait, becomes } = script
  const held = enterQueue(draw, script, company, drawCaller(draw, company))
  const phone = draw.pick(company.phones)
  for (let tries = draw.between(1, draw.small ? 1 : 3); tries > 0; tries--) {
    const leg = ring(phone, held.caller)
    wait(ringing(draw))
    hangup(leg, 'NOANSWER')
    wait(listening(draw))
  }
  const leg = becomes('answered', ring(phone, held.caller))
  wait(ringing(draw))
  answer(leg)
  wait(talk(draw))
  hangup(leg, 'ANSWER')
  held.leave('yes')
})
