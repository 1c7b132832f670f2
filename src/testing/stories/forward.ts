import { drawClient, endOfTalk, listening, ringing, talk, unanswered } from '../draws.js'
import { enterQueue, ringInVain } from '../stages.js'
import { story } from '../Story.js'

/**
 * A phone sends its client to a mobile: without answering, or after a talk. Its own leg ends at once, or only when the
 * mobile's fate is decided.
 */
const forwardByPhone = (name: string, answered: boolean) =>
  story(name, (draw, { ring, forward, answer, hangup, wait, becomes }, company) => {
    const client = drawClient(draw, company)
    const phone = draw.pick(company.phones)
    const leg = becomes('answered', ring(phone, client))
    wait(ringing(draw))
    const talked = draw.chance(0.5)
    if (talked) {
      answer(leg)
      wait(talk(draw))
    }
    const endOwnLeg = (): void => hangup(leg, talked ? 'ANSWER' : 'NOANSWER')
    const staysOn = draw.chance(0.5)
    if (!staysOn) endOwnLeg()
    const under = draw.chance(0.5) ? leg : undefined
    const away = becomes('transferred', forward(phone, draw.pick(company.outside), { did: client.did, under }))
    wait(ringing(draw))
    if (!answered) {
      hangup(away, unanswered(draw))
      if (staysOn) endOwnLeg()
      return
    }
    answer(away)
    if (staysOn) endOwnLeg()
    wait(talk(draw))
    hangup(away, endOfTalk(draw))
  })

export const forwardByPhoneAnswered = forwardByPhone('forward outside by a phone, answered', true)
export const forwardByPhoneNotAnswered = forwardByPhone('forward outside by a phone, not answered', false)

/** A rule of the IVR or the queue sends the call to a mobile. `Bridged` knows the PBX's own phones only, so it says `no`. */
const forwardByRule = (name: string, answered: boolean) =>
  story(name, (draw, script, company) => {
    const { ring, forward, answer, hangup, leave, wait, becomes, missed } = script
    const client = drawClient(draw, company)
    const openQueue = () => {
      const held = enterQueue(draw, script, company, client)
      ringInVain(script, draw.chance(0.5) ? [{ phones: [draw.pick(company.phones)], ringing: ringing(draw) }] : [], held.caller)
      return { by: held.queue, close: () => held.leave('no') }
    }
    const openIvr = () => {
      const ivr = draw.pick(company.ivrs)
      const leg = ring(ivr, client)
      wait(listening(draw))
      return { by: ivr, close: () => leave(leg, 'no') }
    }
    const { by, close } = draw.chance(0.5) ? openQueue() : openIvr()
    const serviceStays = draw.chance(0.5)
    if (!serviceStays) close()
    const away = becomes('transferred', forward(by, draw.pick(company.outside), { did: client.did }))
    wait(ringing(draw))
    if (answered) {
      answer(away)
      wait(talk(draw))
    }
    const end = answered ? endOfTalk(draw) : unanswered(draw)
    hangup(away, end)
    if (serviceStays) close()
    if (end !== 'ANSWER') missed()
  })

export const forwardByRuleAnswered = forwardByRule('forward outside by a rule, answered', true)
export const forwardByRuleNotAnswered = forwardByRule('forward outside by a rule, not answered', false)

/** A phone called a client and passes him on outside: the PBX sends a second set of events under the same SubCallID. */
export const outgoingThenTransferred = story(
  'outgoing, then transferred outside under the same SubCallID',
  (draw, { dial, forward, answer, hangup, wait, becomes }, company) => {
    const phone = draw.pick(company.phones)
    const leg = becomes('answered', dial(phone, drawClient(draw, company).number))
    wait(ringing(draw))
    answer(leg)
    wait(talk(draw))
    const outside = draw.pick(company.outside)
    const early = draw.chance(0.5) ? forward(phone, outside, { under: leg }) : undefined
    hangup(leg, 'ANSWER')
    const away = becomes('transferred', early ?? forward(phone, outside, { under: leg }))
    wait(ringing(draw))
    if (draw.chance(0.5)) return hangup(away, unanswered(draw))
    answer(away)
    wait(talk(draw))
    hangup(away, 'ANSWER')
  }
)
