import fc from 'fast-check'
import { company, phones, type Phone } from '../company.js'
import { endOfTalk, listening, queue, ringing, rounds, talk, unanswered, type Size } from '../draws.js'
import { flow } from '../Flow.js'
import type { Caller, Script } from '../Script.js'
import { opening, ringInVain, talkWithClient } from '../stages.js'
import type { Leg } from '../wire.js'

/** Some other phone than this. */
const colleague = (of: Phone, turn: number): Phone => phones.filter((it) => it !== of)[turn % (phones.length - 1)] ?? 101

const turn = fc.nat({ max: phones.length - 2 })

/** What the phone that gets a client by #1 or *2 shows: the colleague calls, the client stands behind. */
const handedOn = ({ caller }: Script, from: Phone, client: string): Caller => ({ ...caller(from), remote: client })

export const blindTransfer = flow({
  name: 'blind transfer (#1)',
  weight: 4,
  drawn: (size) =>
    fc.record({
      opening: opening(size), turn, ringing, answered: fc.boolean(), talk, end: endOfTalk, status: unanswered, ringsBefore: fc.boolean()
    }),
  story: (script, { opening, turn, ringing, answered, talk, end, status, ringsBefore }) => {
    const { ring, answer, hangup, wait } = script
    const { phone, leg, close } = talkWithClient(script, opening)
    const target = (): Leg => ring(colleague(phone, turn), handedOn(script, phone, opening.client.number))
    const early = ringsBefore ? target() : undefined
    hangup(leg, end)
    close()
    const next = early ?? target()
    wait(ringing)
    if (!answered) return hangup(next, status)
    answer(next)
    wait(talk)
    hangup(next, 'ANSWER')
  }
})

/** The colleague's phone rings while the client waits; whether the asking phone's own leg is seen differs. */
const consult = (size: Size) =>
  fc.record({ opening: opening(size), turn, ringing, talk, ownLeg: size === 'small' ? fc.constant(false) : fc.boolean() })

export const attendedTransfer = flow({
  name: 'attended transfer (*2)',
  drawn: (size) => fc.record({ consult: consult(size), after: talk, end: endOfTalk }),
  story: (script, { consult: { opening, turn, ringing, talk, ownLeg }, after, end }) => {
    const { ring, answer, hangup, wait, dial } = script
    const { phone, leg, close } = talkWithClient(script, opening)
    const target = colleague(phone, turn)
    const asking = ownLeg ? dial(phone, company[target].name, { reaches: target }) : undefined
    const asked = ring(target, handedOn(script, phone, opening.client.number))
    wait(ringing)
    answer(asked)
    if (asking !== undefined) answer(asking)
    wait(talk)
    hangup(leg, 'ANSWER')
    if (asking !== undefined) hangup(asking, 'ANSWER')
    close()
    wait(after)
    hangup(asked, end)
  }
})

export const consultation = flow({
  name: 'consultation that came to nothing (*2)',
  drawn: (size) => fc.record({ consult: consult(size), answered: fc.boolean(), after: talk, status: unanswered }),
  story: (script, { consult: { opening, turn, ringing, talk, ownLeg }, answered, after, status }) => {
    const { ring, answer, hangup, wait, dial } = script
    const { phone, leg, close } = talkWithClient(script, opening)
    const target = colleague(phone, turn)
    const asking = ownLeg ? dial(phone, company[target].name, { reaches: target }) : undefined
    const asked = ring(target, handedOn(script, phone, opening.client.number))
    wait(ringing)
    if (answered) {
      answer(asked)
      if (asking !== undefined) answer(asking)
      wait(talk)
    }
    hangup(asked, answered ? 'ANSWER' : status)
    if (asking !== undefined) hangup(asking, answered ? 'ANSWER' : status)
    wait(after)
    hangup(leg, 'ANSWER')
    close()
  }
})

/** Who the queue sees: the client himself, or the phone that passed him on, with or without the client behind it. */
const shown = (script: Script, from: Phone, client: string, as: 'client' | 'phone' | 'phone, client behind'): Caller =>
  as === 'client' ? { number: client, through: from } : as === 'phone' ? script.caller(from) : handedOn(script, from, client)

export const lostInQueueAfterTransfer = flow({
  name: 'transfer into a queue where the caller is lost',
  drawn: (size) =>
    fc.record({
      opening: opening(size), queue, rounds: rounds(size), music: listening, entersBefore: fc.boolean(),
      shown: fc.constantFrom('client' as const, 'phone' as const, 'phone, client behind' as const)
    }),
  story: (script, { opening, queue, rounds, music, entersBefore, shown: as }) => {
    const { enter, leave, hangup, wait } = script
    const { phone, leg, close } = talkWithClient(script, opening)
    const caller = shown(script, phone, opening.client.number, as)
    const early = entersBefore ? enter(queue, caller) : undefined
    hangup(leg, 'ANSWER')
    close()
    const held = early ?? enter(queue, caller)
    ringInVain(script, rounds, { ...caller, through: queue })
    wait(music)
    leave(held, 'no')
  }
})
