import fc from 'fast-check'
import { client, endOfTalk, listening, outside, phone, ringing, talk, unanswered } from '../draws.js'
import { flow } from '../Flow.js'
import { enterQueue, entrance, ringInVain } from '../stages.js'

/**
 * A phone sends its client to a mobile: without answering, or after a talk. Its own leg ends at once, or only when the
 * mobile's fate is decided.
 */
const forwardByPhone = (name: string, answered: boolean) =>
  flow({
    name,
    drawn: () =>
      fc.record({
        client, phone, ringing, first: fc.option(talk, { nil: undefined }), outside, outsideRings: ringing, talk, end: endOfTalk,
        status: unanswered, sameSubCallId: fc.boolean(), staysOn: fc.boolean()
      }),
    story: ({ ring, forward, answer, hangup, wait }, drawn) => {
      const { client, phone, ringing, first, outside, outsideRings, talk, end, status, sameSubCallId, staysOn } = drawn
      const leg = ring(phone, client)
      const endOwnLeg = (): void => hangup(leg, first === undefined ? 'NOANSWER' : 'ANSWER')
      wait(ringing)
      if (first !== undefined) {
        answer(leg)
        wait(first)
      }
      if (!staysOn) endOwnLeg()
      const away = forward(phone, outside, { did: client.did, ...(sameSubCallId ? { under: leg } : {}) })
      wait(outsideRings)
      if (!answered) {
        hangup(away, status)
        if (staysOn) endOwnLeg()
        return
      }
      answer(away)
      if (staysOn) endOwnLeg()
      wait(talk)
      hangup(away, end)
    }
  })

export const forwardByPhoneAnswered = forwardByPhone('forward outside by a phone, answered', true)
export const forwardByPhoneNotAnswered = forwardByPhone('forward outside by a phone, not answered', false)

/** A rule of the IVR or the queue sends the call to a mobile. `Bridged` knows the PBX's own phones only, so it says `no`. */
const forwardByRule = (name: string, answered: boolean) =>
  flow({
    name,
    drawn: (size) =>
      fc.record({
        client, byQueue: fc.boolean(), through: entrance(size), menu: listening,
        tried: fc.option(fc.record({ phone, ringing }), { nil: undefined }), outside, outsideRings: ringing,
        talk, end: endOfTalk, status: unanswered, serviceStays: fc.boolean()
      }),
    story: (script, drawn) => {
      const { client, byQueue, through, menu, tried, outside, outsideRings, talk, end, status, serviceStays } = drawn
      const { enter, forward, answer, hangup, leave, wait } = script
      const openQueue = () => {
        const held = enterQueue(script, through, client)
        ringInVain(script, tried === undefined ? [] : [{ phones: [tried.phone], ringing: tried.ringing }], held.caller)
        return () => held.leave('no')
      }
      const openIvr = () => {
        const leg = enter(800, client)
        wait(menu)
        return () => leave(leg, 'no')
      }
      const close = byQueue ? openQueue() : openIvr()
      if (!serviceStays) close()
      const away = forward(byQueue ? through.queue : 800, outside, { did: client.did })
      wait(outsideRings)
      if (answered) {
        answer(away)
        wait(talk)
      }
      hangup(away, answered ? end : status)
      if (serviceStays) close()
    }
  })

export const forwardByRuleAnswered = forwardByRule('forward outside by a rule, answered', true)
export const forwardByRuleNotAnswered = forwardByRule('forward outside by a rule, not answered', false)

/** A phone called a client and passes him on outside: the PBX sends a second set of events under the same SubCallID. */
export const outgoingThenTransferred = flow({
  name: 'outgoing, then transferred outside under the same SubCallID',
  drawn: () =>
    fc.record({
      client, phone, ringing, talk, outside, outsideRings: ringing, answered: fc.boolean(), after: talk, status: unanswered,
      dialsBefore: fc.boolean()
    }),
  story: ({ dial, forward, answer, hangup, wait }, drawn) => {
    const { client, phone, ringing, talk, outside, outsideRings, answered, after, status, dialsBefore } = drawn
    const leg = dial(phone, client.number)
    wait(ringing)
    answer(leg)
    wait(talk)
    const early = dialsBefore ? forward(phone, outside, { under: leg }) : undefined
    hangup(leg, 'ANSWER')
    const away = early ?? forward(phone, outside, { under: leg })
    wait(outsideRings)
    if (answered) {
      answer(away)
      wait(after)
    }
    hangup(away, answered ? 'ANSWER' : status)
  }
})
