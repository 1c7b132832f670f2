import fc from 'fast-check'
import type { Json } from '../../../src/call/Placed.js'
import { client, crew, endOfTalk, listening, queue, ringing, rounds, sparing, talk, unanswered } from '../draws.js'
import { flow, type Flow } from '../Flow.js'
import { pickUp, pickup, pickupSparing, ringInVain } from '../stages.js'

/** The visitor of a website asked to be called: the PBX calls him on behalf of an extension, and then somebody inside. */
export const websiteCallbackAnswered = flow({
  name: 'website callback, answered',
  drawn: (size) =>
    fc.record({
      client, crew, queue, outsideRings: ringing, pickup: pickup(size), talk, end: endOfTalk,
      inside: size === 'small' ? fc.constant('phone' as const) : fc.constantFrom('phone' as const, 'queue' as const),
      shown: fc.constantFrom('client' as const, 'extension' as const), everyLeg: fc.boolean(), clientHangsUpFirst: fc.boolean()
    }),
  story: (script, drawn) => {
    const { client, crew, queue, outsideRings, pickup, talk, end, inside, shown, everyLeg, clientHangsUpFirst } = drawn
    const { dial, enter, answer, hangup, leave, wait, id, caller } = script
    const callBackId = id('callback')
    const away = dial(crew.first, client.number, { callBackId })
    wait(outsideRings)
    answer(away)
    const visitor = {
      ...(shown === 'client' ? { number: client.number, through: crew.first } : caller(crew.first)),
      ...(everyLeg ? { callBackId } : {})
    }
    const held = inside === 'queue' ? enter(queue, visitor) : undefined
    const leg = pickUp(script, pickupSparing(crew.first, pickup), held === undefined ? visitor : { ...visitor, through: queue })
    if (held !== undefined) leave(held, 'yes')
    wait(talk)
    if (clientHangsUpFirst) hangup(away, 'ANSWER')
    hangup(leg, end)
    if (!clientHangsUpFirst) hangup(away, 'ANSWER')
  }
})

/** The visitor answered, and nobody inside did: a miss all the same. Or the queue was tried first, and he was never called. */
export const websiteCallbackMissed = flow({
  name: 'website callback, missed',
  drawn: (size) =>
    fc.record({
      client, crew, queue, outsideRings: ringing, rounds: rounds(size), music: listening,
      order: fc.constantFrom('client first' as const, 'queue first' as const),
      shown: fc.constantFrom('client' as const, 'extension' as const), clientHangsUpFirst: fc.boolean()
    }),
  story: (script, { client, crew, queue, outsideRings, rounds, music, order, shown, clientHangsUpFirst }) => {
    const { dial, enter, answer, hangup, leave, wait, id, caller } = script
    const callBackId = id('callback')
    const asClient = { number: client.number, through: crew.first }
    const visitor = { ...(shown === 'client' ? asClient : caller(crew.first)), callBackId }
    const tryQueue = (last: () => void): void => {
      const held = enter(queue, visitor)
      ringInVain(script, sparing(crew.first, rounds), { ...visitor, through: queue })
      wait(music)
      last()
      leave(held, 'no')
    }
    if (order === 'queue first') return tryQueue(() => undefined)
    const away = dial(crew.first, client.number, { callBackId })
    wait(outsideRings)
    answer(away)
    tryQueue(() => { if (clientHangsUpFirst) hangup(away, 'ANSWER') })
    if (!clientHangsUpFirst) hangup(away, 'ANSWER')
  }
})

type Origin = 'CallBackID' | 'placed'

const contexts: ReadonlyArray<Json | undefined> = [undefined, { deal: 17 }, { deal: 42, tags: ['от сайта', 'A & B'] }, 'deal/17', null]

const placing = fc.record({ context: fc.constantFrom(...contexts), capitals: fc.boolean(), destination: fc.boolean() })

const clickToCall = (how: 'the source rings' | 'the outgoing leg alone', origin: Origin): Flow =>
  flow({
    name: `click-to-call, ${how}, known by ${origin}`,
    drawn: (size) =>
      fc.record({
        client, crew, placing, ringing, outsideRings: ringing, talk, end: endOfTalk, status: unanswered,
        course: fc.constantFrom('talk' as const, 'talk' as const, 'client does not answer' as const, 'source does not answer' as const),
        beside: size === 'small' ? fc.constant(false) : fc.boolean(), onBehalf: fc.boolean(),
        sourceHangsUpFirst: fc.boolean(), outgoingSeen: fc.boolean(), outgoingMarked: fc.boolean()
      }),
    story: (script, drawn) => {
      const { client, crew, placing, ringing, outsideRings, talk, end, status, course, beside, onBehalf } = drawn
      const { place, ring, dial, answer, hangup, wait, id } = script
      if (origin === 'placed') place(placing.destination ? client.number : undefined, placing.context, placing.capitals)
      const mark = origin === 'CallBackID' ? { callBackId: id('callback') } : {}

      const callClient = (markDial: { readonly callBackId?: string }): (() => void) => {
        const away = dial(onBehalf ? crew.second : crew.first, client.number, markDial)
        wait(outsideRings)
        if (course === 'client does not answer') return () => hangup(away, status)
        answer(away)
        wait(talk)
        return () => hangup(away, end)
      }
      if (how === 'the outgoing leg alone') return callClient(mark)()

      // As if the client called: the source's display shows his number.
      const shown = { number: client.number, ...mark }
      const source = ring(crew.first, shown)
      const other = beside ? ring(crew.third, shown) : undefined
      wait(ringing)
      if (course === 'source does not answer') {
        hangup(source, status)
        if (other !== undefined) hangup(other, status)
        return
      }
      answer(source)
      if (other !== undefined) hangup(other, 'CANCEL')
      // An application that placed the call may see the source alone.
      if (origin === 'placed' && !drawn.outgoingSeen) {
        wait(talk)
        return hangup(source, 'ANSWER')
      }
      const hangUpClient = callClient(drawn.outgoingMarked ? mark : {})
      if (drawn.sourceHangsUpFirst) hangup(source, 'ANSWER')
      hangUpClient()
      if (!drawn.sourceHangsUpFirst) hangup(source, 'ANSWER')
    }
  })

export const sourceRingsCallBackId = clickToCall('the source rings', 'CallBackID')
export const sourceRingsPlaced = clickToCall('the source rings', 'placed')
export const outgoingAloneCallBackId = clickToCall('the outgoing leg alone', 'CallBackID')
export const outgoingAlonePlaced = clickToCall('the outgoing leg alone', 'placed')
