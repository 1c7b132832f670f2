import fc from 'fast-check'
import { company, type Phone } from '../company.js'
import { anyCaller, crew, endOfTalk, listening, phone, queue, ringing, talk, unanswered } from '../draws.js'
import { flow, type Flow } from '../Flow.js'
import { opening, talkWithClient } from '../stages.js'

/** While the client holds, his colleague asks a queue: whatever the queue says, the client was not missed. */
export const colleagueAsksQueue = flow({
  name: 'a colleague asks a queue while the client holds',
  drawn: (size) =>
    fc.record({
      opening: opening(size), queue, asked: fc.option(fc.record({ phone, ringing, talk, answered: fc.boolean() }), { nil: undefined }),
      music: listening, after: talk, ownLeg: size === 'small' ? fc.constant(false) : fc.boolean(), clientBehind: fc.boolean()
    }),
  story: (script, { opening, queue, asked, music, after, ownLeg, clientBehind }) => {
    const { dial, enter, ring, answer, hangup, leave, wait, caller } = script
    const { phone, leg, close } = talkWithClient(script, opening)
    const colleague = { ...caller(phone), ...(clientBehind ? { remote: opening.client.number } : {}) }
    const asking = ownLeg ? dial(phone, company[queue].name, { reaches: queue }) : undefined
    const held = enter(queue, colleague)
    // The queue takes its caller at once, with music.
    if (asking !== undefined) answer(asking)
    const answered = asked?.answered === true && asked.phone !== phone
    if (asked !== undefined && asked.phone !== phone) {
      const other = ring(asked.phone, { ...colleague, through: queue })
      wait(asked.ringing)
      if (answered) {
        answer(other)
        wait(asked.talk)
      }
      hangup(other, answered ? 'ANSWER' : 'NOANSWER')
    }
    wait(music)
    leave(held, answered ? 'yes' : 'no')
    if (asking !== undefined) hangup(asking, 'ANSWER')
    wait(after)
    hangup(leg, 'ANSWER')
    close()
  }
})

/** One phone calls another; by what it dials the two flows differ. */
const inside = (name: string, dialled: (phone: Phone) => string, reachesMayBeMissing: boolean): Flow =>
  flow({
    name,
    drawn: () =>
      fc.record({
        crew, ringing, answered: fc.boolean(), talk, end: endOfTalk, status: unanswered,
        reaches: reachesMayBeMissing ? fc.boolean() : fc.constant(true)
      }),
    story: ({ dial, ring, answer, hangup, wait, caller }, { crew: { first, second }, ringing, answered, talk, end, status, reaches }) => {
      const out = dial(first, dialled(second), reaches ? { reaches: second } : {})
      const into = ring(second, caller(first))
      wait(ringing)
      if (answered) {
        answer(into)
        answer(out)
        wait(talk)
      }
      hangup(into, answered ? end : status)
      hangup(out, answered ? end : status)
    }
  })

export const localCall = inside('local call', (phone) => company[phone].name, true)
export const shortNumber = inside('short number', String, true)

export const serviceCode = flow({
  name: 'service code',
  drawn: () => fc.record({ phone, code: fc.constantFrom('*97', '*98', '#21#', '*43'), listening }),
  story: ({ dial, answer, hangup, wait }, { phone, code, listening }) => {
    const leg = dial(phone, code)
    answer(leg)
    wait(listening)
    hangup(leg, 'ANSWER')
  }
})

/** A colleague at another phone takes a call that rings for the queue, by a code: no phone that rang is answered. */
export const pickedUpByCode = flow({
  name: 'a ringing queue call is picked up by a code',
  drawn: () => fc.record({ caller: anyCaller, queue, crew, ringing, talk, end: endOfTalk }),
  story: ({ enter, ring, dial, answer, hangup, leave, wait }, { caller, queue, crew: { first, second }, ringing, talk, end }) => {
    const held = enter(queue, caller)
    const rung = ring(first, { ...caller, through: queue })
    wait(ringing)
    const picking = dial(second, '*8')
    answer(picking)
    hangup(rung, 'CANCEL')
    leave(held, 'yes')
    wait(talk)
    hangup(picking, end)
  }
})

/** The client is parked, and retrieved at a phone that dials a code: his second talk is nobody's leg with him. */
export const parkedAndRetrieved = flow({
  name: 'a client is parked and retrieved by a code',
  drawn: (size) => fc.record({ opening: opening(size), retriever: phone, music: listening, talk, end: endOfTalk }),
  story: (script, { opening, retriever, music, talk, end }) => {
    const { leg, close } = talkWithClient(script, opening)
    script.hangup(leg, 'ANSWER')
    script.wait(music)
    const retrieving = script.dial(retriever, '*5901')
    script.answer(retrieving)
    script.wait(talk)
    script.hangup(retrieving, end)
    close()
  }
})
