import { seconds } from '../../event/time.js'
import type { Extension } from '../Company.js'
import { drawCaller, endOfTalk, listening, ringing, talk, unanswered } from '../draws.js'
import { asCaller } from '../Script.js'
import { talkWithClient } from '../stages.js'
import { story, type Story } from '../Story.js'

/** While the client holds, his colleague asks a queue: whatever the queue says, the client was not missed. */
export const colleagueAsksQueue = story('a colleague asks a queue while the client holds', (draw, script, company) => {
  const { dial, ring, answer, hangup, leave, wait, moot } = script
  const { client, phone, leg, close } = talkWithClient(draw, script, company)
  const queue = draw.pick(company.queues)
  const clientBehind = draw.chance(0.5)
  const colleague = { ...asCaller(phone), ...(clientBehind ? { remote: client.number } : {}) }
  const asking = !draw.small && draw.chance(0.5) ? dial(phone, queue.name, { reaches: queue }) : undefined
  const held = ring(queue, colleague)
  // The queue takes its caller at once, with music.
  if (asking !== undefined) answer(asking)
  const asked = draw.chance(2 / 3) ? draw.other(company.phones, phone) : undefined
  const answered = asked !== undefined && draw.chance(0.5)
  if (asked !== undefined) {
    const other = ring(asked, { ...colleague, through: queue })
    wait(ringing(draw))
    if (answered) {
      answer(other)
      wait(talk(draw))
    }
    hangup(other, answered ? 'ANSWER' : 'NOANSWER')
  }
  const [music, after] = [listening(draw), talk(draw)]
  // what ends with the talk was a talk of three
  if (answered && clientBehind && music + after < seconds(5)) moot()
  wait(music)
  leave(held, answered ? 'yes' : 'no')
  if (asking !== undefined) hangup(asking, 'ANSWER')
  wait(after)
  hangup(leg, 'ANSWER')
  close()
})

/** One phone calls another; by what it dials the two stories differ. */
const inside = (name: string, dialled: (phone: Extension) => string): Story =>
  story(name, (draw, { dial, ring, answer, hangup, wait }, company) => {
    const from = draw.pick(company.phones)
    const to = draw.other(company.phones, from)
    const out = dial(from, dialled(to), { reaches: draw.chance(0.5) ? to : undefined })
    const into = ring(to, asCaller(from))
    wait(ringing(draw))
    const answered = draw.chance(0.5)
    if (answered) {
      answer(into)
      answer(out)
      wait(talk(draw))
    }
    const end = answered ? endOfTalk(draw) : unanswered(draw)
    hangup(into, end)
    hangup(out, end)
  })

export const localCall = inside('local call', ({ name }) => name)
export const shortNumber = inside('short number', ({ name }) => name.slice(name.indexOf('*') + 1))

export const serviceCode = story('service code', (draw, { dial, answer, hangup, wait }, company) => {
  const leg = dial(draw.pick(company.phones), draw.pick(['*97', '*98', '#21#', '*43']))
  answer(leg)
  wait(listening(draw))
  hangup(leg, 'ANSWER')
})

/** A colleague at another phone takes a call that rings for the queue, by a code: no phone that rang is answered. */
export const pickedUpByCode = story('a ringing queue call is picked up by a code', (draw, { ring, dial, answer, hangup, leave, wait }, company) => {
  const caller = drawCaller(draw, company)
  const queue = draw.pick(company.queues)
  const phone = draw.pick(company.phones)
  const held = ring(queue, caller)
  const rung = ring(phone, { ...caller, through: queue })
  wait(ringing(draw))
  const picking = dial(draw.other(company.phones, phone), '*8')
  answer(picking)
  hangup(rung, 'CANCEL')
  leave(held, 'yes')
  wait(talk(draw))
  hangup(picking, endOfTalk(draw))
})

/** The client is parked, and retrieved at a phone that dials a code: his second talk is nobody's leg with him. */
export const parkedAndRetrieved = story('a client is parked and retrieved by a code', (draw, script, company) => {
  const { leg, close } = talkWithClient(draw, script, company)
  script.hangup(leg, 'ANSWER')
  script.wait(listening(draw))
  const retrieving = script.dial(draw.pick(company.phones), draw.pick(['*5901', '**101']))
  script.answer(retrieving)
  script.wait(talk(draw))
  script.hangup(retrieving, endOfTalk(draw))
  close()
})
