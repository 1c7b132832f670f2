import fc from 'fast-check'
import { company, domain } from '../company.js'
import { client, listening, phone, queue, ringing, talk, unknownFields } from '../draws.js'
import { flow } from '../Flow.js'
import type { WireEvent } from '../wire.js'

/** A hangup that the PBX never sends: of a talk, of a phone that rings, of an outgoing call, of a queue. */
export const neverClosed = flow({
  name: 'a leg never closes',
  healthy: false,
  drawn: () =>
    fc.record({
      client, phone, queue, ringing, talk,
      open: fc.constantFrom('talk' as const, 'ringing' as const, 'outgoing' as const, 'outgoing talk' as const, 'queue' as const)
    }),
  story: ({ ring, dial, enter, answer, hangup, wait }, { client, phone, queue, ringing, talk, open }) => {
    if (open === 'outgoing' || open === 'outgoing talk') {
      const leg = dial(phone, client.number)
      wait(ringing)
      if (open === 'outgoing talk') answer(leg)
      return
    }
    if (open === 'queue') enter(queue, client)
    const leg = ring(phone, { ...client, ...(open === 'queue' ? { through: queue } : {}) })
    wait(ringing)
    if (open === 'ringing') return
    answer(leg)
    if (open === 'talk') return
    wait(talk)
    hangup(leg, 'ANSWER')
  }
})

/** What else the PBX tells its subscribers; the Call interactive request has neither a SubCallID nor a time. */
const remarks: ReadonlyArray<{ readonly fields: WireEvent; readonly timed?: boolean }> = [
  { fields: { EventType: 'message-in', CallerIDNum: '+79160000001', CalledNumber: company[101].name, Text: 'Перезвоните, пожалуйста' } },
  { fields: { EventType: 'message-out', CallerIDNum: company[101].name, CalledNumber: '+79160000001', Text: 'OK' } },
  { fields: { EventType: 'voicemail', CallerIDNum: '+79160000002', CalledExtension: `${company[102].name}@${domain}` } },
  { fields: { event_type: 'call-status-change', status: 'ringing', extension_id: company[103].id } },
  {
    fields: {
      EventType: 'call_interactive', CallFlow: 'IN', CallStatus: 'ANSWER', CallerIDNum: '+79160000003', CalledNumber: company[800].name,
      CalledExtension: `${company[800].name}@${domain}`, CalledExtensionID: company[800].id
    },
    timed: false
  }
]

export const ignoredBetween = flow({
  name: 'ignored events and unknown fields between',
  unknownFields,
  drawn: () =>
    fc.record({
      client, menu: listening, ringing, talk, phone, ivr: fc.boolean(),
      remarks: fc.tuple(...[0, 1, 2].map(() => fc.option(fc.constantFrom(...remarks), { nil: undefined })))
    }),
  story: ({ enter, ring, answer, hangup, leave, wait, remark }, { client, menu, ringing, talk, phone, ivr, remarks }) => {
    const say = (turn: number): void => {
      const saying = remarks[turn]
      if (saying !== undefined) remark(saying.fields, saying.timed)
    }
    const greeting = ivr ? enter(800, client) : undefined
    say(0)
    if (greeting !== undefined) wait(menu)
    const leg = ring(phone, { ...client, ...(ivr ? { through: 800 } : {}) })
    wait(ringing)
    say(1)
    answer(leg)
    wait(talk)
    hangup(leg, 'ANSWER')
    say(2)
    if (greeting !== undefined) leave(greeting, 'yes')
  }
})
