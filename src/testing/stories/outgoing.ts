import { drawClient, ringing, talk } from '../draws.js'
import { story, type Story } from '../Story.js'

export const outgoingAnswered = story('outgoing call, answered', (draw, { dial, answer, hangup, wait, becomes }, company) => {
  const leg = becomes('answered', dial(draw.pick(company.phones), drawClient(draw, company).number))
  wait(ringing(draw))
  answer(leg)
  wait(talk(draw))
  hangup(leg, 'ANSWER')
}, 5)

const outgoingInVain = (name: string, status: string, weight = 3): Story =>
  story(name, (draw, { dial, hangup, wait, becomes }, company) => {
    const leg = becomes('answered', dial(draw.pick(company.phones), drawClient(draw, company).number))
    wait(ringing(draw))
    hangup(leg, status)
  }, weight)

export const outgoingBusy = outgoingInVain('outgoing call, busy', 'BUSY')
export const outgoingCancelled = outgoingInVain('outgoing call, cancelled', 'CANCEL')
export const outgoingUnanswered = outgoingInVain('outgoing call, not answered', 'NOANSWER', 4)
export const outgoingCongestion = outgoingInVain('outgoing call, congestion', 'CONGESTION')
export const outgoingUnavailable = outgoingInVain('outgoing call, channel unavailable', 'CHANUNAVAIL')

/** Whatever it looks like, and even if somebody answered: no success without `ANSWER`, which counts in any case. */
export const outgoingUnknownStatus = story('outgoing call, unknown status', (draw, { dial, answer, hangup, wait, becomes }, company) => {
  const leg = becomes('answered', dial(draw.pick(company.phones), drawClient(draw, company).number))
  wait(ringing(draw))
  if (draw.chance(0.5)) {
    answer(leg)
    wait(talk(draw))
  }
  hangup(leg, draw.chance(1 / 6) ? undefined : draw.pick(['X-UNLISTED', 'X-ODD', 'answer', 'X-ANSWER', 'ANSWERED']))
})
