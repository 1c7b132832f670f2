import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { Json } from '../../call/Placed.js'
import { drawClient, endOfTalk, listening, maybe, ringing, rounds, talk, unanswered } from '../draws.js'
import { asCaller, type Caller } from '../Script.js'
import { drawPickup, pickUp, ringInVain } from '../stages.js'
import { story, type Story } from '../Story.js'

/** The visitor of a website asked to be called: the PBX calls him on behalf of an extension, and then somebody inside. */
export const websiteCallbackAnswered = story('website callback, answered', (draw, script, company) => {
  const { dial, ring, answer, hangup, leave, wait, id, becomes } = script
  const callBackId = id('callback')
  const from = draw.pick(company.phones)
  const { number } = drawClient(draw, company)
  const away = becomes('callback', dial(from, number, { callBackId }))
  wait(ringing(draw))
  answer(away)
  const shownAsClient = draw.chance(0.5)
  const visitor: Caller = {
    ...(shownAsClient ? { number, through: from } : asCaller(from)),
    ...(draw.chance(0.5) ? { callBackId } : {})
  }
  const queue = !draw.small && draw.chance(0.5) ? draw.pick(company.queues) : undefined
  const held = queue && ring(queue, visitor)
  const leg = pickUp(script, drawPickup(draw, company, from), queue === undefined ? visitor : { ...visitor, through: queue })
  if (shownAsClient) becomes('callback', leg)
  if (held !== undefined) leave(held, 'yes')
  wait(talk(draw))
  const clientHangsUpFirst = draw.chance(0.5)
  if (clientHangsUpFirst) hangup(away, 'ANSWER')
  hangup(leg, endOfTalk(draw))
  if (!clientHangsUpFirst) hangup(away, 'ANSWER')
})

/** The visitor answered, and nobody inside did: a miss all the same. Or the queue was tried first, and he was never called. */
export const websiteCallbackMissed = story('website callback, missed', (draw, script, company) => {
  const { dial, ring, answer, hangup, leave, wait, id, becomes, missed } = script
  const callBackId = id('callback')
  const from = draw.pick(company.phones)
  const { number } = drawClient(draw, company)
  const shownAsClient = draw.chance(0.5)
  const visitor: Caller = { ...(shownAsClient ? { number, through: from } : asCaller(from)), callBackId }
  const tryQueue = (last: () => void): void => {
    const queue = draw.pick(company.queues)
    const held = ring(queue, visitor)
    ringInVain(script, rounds(draw, company, 3, from), { ...visitor, through: queue })
    wait(listening(draw))
    last()
    leave(held, 'no')
  }
  if (draw.chance(0.5)) {
    tryQueue(() => undefined)
    // of whom it sees only the extension, the call is one between extensions
    if (shownAsClient) missed()
    return
  }
  const away = becomes('callback', dial(from, number, { callBackId }))
  wait(ringing(draw))
  answer(away)
  const clientHangsUpFirst = draw.chance(0.5)
  tryQueue(() => { if (clientHangsUpFirst) hangup(away, 'ANSWER') })
  if (!clientHangsUpFirst) hangup(away, 'ANSWER')
  missed()
})

const contexts: ReadonlyNonEmptyArray<Json> = [{ deal: 17 }, { deal: 42, tags: ['от сайта', 'A & B'] }, 'deal/17', null]

const clickToCall = (how: 'the source rings' | 'the outgoing leg alone', origin: 'CallBackID' | 'placed'): Story =>
  story(`click-to-call, ${how}, known by ${origin}`, (draw, script, company) => {
    const { place, ring, dial, answer, hangup, wait, id, becomes } = script
    const { number } = drawClient(draw, company)
    const source = draw.pick(company.phones)
    const saysWhom = draw.chance(0.5)
    if (origin === 'placed') place(saysWhom ? number : undefined, maybe(draw, () => draw.pick(contexts)), draw.chance(0.5))
    const mark = origin === 'CallBackID' ? { callBackId: id('callback') } : {}
    const course = draw.pick(['talk', 'talk', 'client does not answer', 'source does not answer'])

    const callClient = (markDial: { readonly callBackId?: string }): (() => void) => {
      const from = draw.chance(0.5) ? draw.other(company.phones, source) : source
      const away = becomes('callback', dial(from, number, markDial))
      wait(ringing(draw))
      if (course === 'client does not answer') return () => hangup(away, unanswered(draw))
      answer(away)
      wait(talk(draw))
      return () => hangup(away, endOfTalk(draw))
    }
    if (how === 'the outgoing leg alone') return callClient(mark)()

    // As if the client called: the source's display shows his number.
    const shown: Caller = { number, ...mark }
    const leg = ring(source, shown)
    const beside = !draw.small && draw.chance(0.5) ? ring(draw.other(company.phones, source), shown) : undefined
    wait(ringing(draw))
    if (course === 'source does not answer') {
      const status = unanswered(draw)
      hangup(leg, status)
      if (beside !== undefined) hangup(beside, status)
      return
    }
    answer(leg)
    if (beside !== undefined) hangup(beside, 'CANCEL')
    // An application that placed the call may see the source alone.
    if (origin === 'placed' && draw.chance(0.5)) {
      // without a word of whom it called, the source is taken for one that the client called
      if (!saysWhom) becomes('callback', leg)
      wait(talk(draw))
      return hangup(leg, 'ANSWER')
    }
    const hangUpClient = callClient(draw.chance(0.5) ? mark : {})
    const sourceFirst = draw.chance(0.5)
    if (sourceFirst) hangup(leg, 'ANSWER')
    hangUpClient()
    if (!sourceFirst) hangup(leg, 'ANSWER')
  })

export const sourceRingsCallBackId = clickToCall('the source rings', 'CallBackID')
export const sourceRingsPlaced = clickToCall('the source rings', 'placed')
export const outgoingAloneCallBackId = clickToCall('the outgoing leg alone', 'CallBackID')
export const outgoingAlonePlaced = clickToCall('the outgoing leg alone', 'placed')
