import fc from 'fast-check'
import { client, phone, ringing, talk, unknownStatus } from '../draws.js'
import { flow, type Flow } from '../Flow.js'

export const outgoingAnswered = flow({
  name: 'outgoing call, answered',
  weight: 5,
  drawn: () => fc.record({ client, phone, ringing, talk }),
  story: ({ dial, answer, hangup, wait }, { client, phone, ringing, talk }) => {
    const leg = dial(phone, client.number)
    wait(ringing)
    answer(leg)
    wait(talk)
    hangup(leg, 'ANSWER')
  }
})

const outgoingInVain = (name: string, status: string, weight = 3): Flow =>
  flow({
    name,
    weight,
    drawn: () => fc.record({ client, phone, ringing }),
    story: ({ dial, hangup, wait }, { client, phone, ringing }) => {
      const leg = dial(phone, client.number)
      wait(ringing)
      hangup(leg, status)
    }
  })

export const outgoingBusy = outgoingInVain('outgoing call, busy', 'BUSY')
export const outgoingCancelled = outgoingInVain('outgoing call, cancelled', 'CANCEL')
export const outgoingUnanswered = outgoingInVain('outgoing call, not answered', 'NOANSWER', 4)
export const outgoingCongestion = outgoingInVain('outgoing call, congestion', 'CONGESTION')
export const outgoingUnavailable = outgoingInVain('outgoing call, channel unavailable', 'CHANUNAVAIL')

/** Whatever it looks like, and even if somebody answered: no success without `ANSWER`. */
export const outgoingUnknownStatus = flow({
  name: 'outgoing call, unknown status',
  drawn: () => fc.record({ client, phone, ringing, talk: fc.option(talk, { nil: undefined }), status: unknownStatus }),
  story: ({ dial, answer, hangup, wait }, { client, phone, ringing, talk, status }) => {
    const leg = dial(phone, client.number)
    wait(ringing)
    if (talk !== undefined) {
      answer(leg)
      wait(talk)
    }
    hangup(leg, status)
  }
})
