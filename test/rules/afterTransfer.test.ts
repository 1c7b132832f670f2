import { describe, expect, test } from 'vitest'
import type { CallEvent, Config } from '../../src/index.js'
import { classified } from './classified.js'
import { at, CLIENT, forward, incoming, lasting, outgoing, sub } from './story.js'

const config: Config = { directory: { '453*101': 'phone', '453*102': 'phone', '453*103': 'phone', '453*887': 'queue' } }
const phone = incoming(101)
const talk = [phone.rings(0), phone.answers(5), phone.hangsUp(50, 'ANSWER')]

/** The oddities of that kind: where, and when. */
const oddities = (kind: string, events: ReadonlyArray<CallEvent>, own: Config = config) =>
  classified(own, events).anomalies.flatMap((anomaly) => (anomaly.kind === kind ? [[anomaly.leg, ...anomaly.at]] : []))

describe('lost-after-transfer: a transfer leg rang in vain after the talk it came from had ended', () => {
  const passed = incoming(102, '453*101', { parties: { remoteNumber: CLIENT } })
  const lost = (...events: ReadonlyArray<CallEvent>) => oddities('lost-after-transfer', [...talk, ...events])
  const inVain = [passed.rings(45), passed.hangsUp(70, 'NOANSWER')]
  const where = [[sub(102), at(70)]]

  test('and nobody talked to the client later', () => {
    expect(lost(...inVain)).toEqual(where)
    expect(lost(passed.rings(45))).toEqual([[sub(102), at(45)]])
    const outside = forward(101)
    expect(lost(outside.rings(45), outside.hangsUp(70, 'NOANSWER'))).toEqual([[`${sub(101)}/transferred`, at(70)]])
  })

  test('not if it was answered, ended no later than that talk, or was that of a queue or of a colleague', () => {
    expect(lost(passed.rings(45), passed.answers(49), passed.hangsUp(70, 'NOANSWER'))).toEqual([])
    expect(lost(passed.rings(45), passed.hangsUp(70, 'ANSWER'))).toEqual([])
    expect(lost(passed.rings(45), passed.hangsUp(50, 'NOANSWER'))).toEqual([])
    expect(lost(passed.rings(45), passed.hangsUp(51, 'NOANSWER'))).toEqual([[sub(102), at(51)]])
    const colleague = incoming(102, '453*101', { parties: { remoteNumber: '453*103' } })
    expect(lost(colleague.rings(45), colleague.hangsUp(70, 'NOANSWER'))).toEqual([])
    const waiting = incoming(887, '453*101', { parties: { remoteNumber: CLIENT } })
    expect(lost(waiting.rings(45), waiting.hangsUp(70, 'NOANSWER'))).toEqual([])
  })

  test('not if somebody else talked to the client then, or later', () => {
    const third = incoming(103)
    const with3 = (answered: number, ended: number, status = 'ANSWER') => lost(...inVain, third.rings(1), third.answers(answered), third.hangsUp(ended, status))
    expect([with3(60, 80), with3(6, 80), with3(6, 51)]).toEqual([[], [], []])
    expect([with3(6, 49), with3(6, 50), with3(50, 50), with3(60, 80, 'CANCEL')]).toEqual([where, where, where, where])
    const colleague = incoming(103, '453*101')
    expect(lost(...inVain, colleague.rings(1), colleague.answers(60), colleague.hangsUp(80, 'ANSWER'))).toEqual(where)
    const called = outgoing(103)
    expect(lost(...inVain, called.rings(51), called.answers(60), called.hangsUp(80, 'ANSWER'))).toEqual([])
    expect(lost(...inVain, called.rings(51), called.hangsUp(80, 'BUSY'))).toEqual(where)
  })
})

describe('duration-contradiction: the talk time that is told', () => {
  const told = (status: string, talkTime: number) => oddities('duration-contradiction', [phone.rings(0), phone.answers(5), phone.hangsUp(50, status, { talkTime })])
  const where = [[sub(101), at(5), at(50)]]

  test('differs from answer to hangup by more than two seconds', () => {
    expect([43, 45, 47].map((s) => told('ANSWER', lasting(s)))).toEqual([[], [], []])
    expect([lasting(43) - 1, lasting(47) + 1].map((talkTime) => told('ANSWER', talkTime))).toEqual([where, where])
  })

  test('is above nothing, and nobody talked', () => {
    expect(told('BUSY', lasting(45))).toEqual(where)
    const atOnce = (talkTime: number) => oddities('duration-contradiction', [phone.rings(0), phone.answers(5), phone.hangsUp(5, 'BUSY', { talkTime })])
    expect([atOnce(0), atOnce(1)]).toEqual([[], [[sub(101), at(5)]]])
    expect(oddities('duration-contradiction', [phone.rings(0), phone.hangsUp(50, 'BUSY', { talkTime: lasting(45) })])).toEqual([])
  })
})

describe('callback-reached-nobody: a phone talked in a callback without an outgoing leg', () => {
  const other = incoming(102)
  const reached = (one: number, two: number, ...more: ReadonlyArray<CallEvent>) =>
    oddities('callback-reached-nobody', [
      phone.rings(0, { callBackId: '77' }), phone.answers(one), phone.hangsUp(60, 'ANSWER'), other.rings(0), other.answers(two), other.hangsUp(60, 'ANSWER'), ...more
    ])

  test('the phone that answered last stands for it, of two at once the one whose leg comes last', () => {
    expect([reached(5, 6), reached(6, 5), reached(6, 6)]).toEqual([[[sub(102), at(6)]], [[sub(101), at(6)]], [[sub(102), at(6)]]])
  })

  test('not if a leg to the client was seen, nor in any other call', () => {
    expect(reached(5, 6, outgoing(103).rings(9))).toEqual([])
    expect(oddities('callback-reached-nobody', talk)).toEqual([])
  })
})

test('answer-not-seen: of a phone and of a forward outside, not of a fax or a queue', () => {
  const ended = (leg: typeof phone) => oddities('answer-not-seen', [leg.rings(0), leg.hangsUp(20, 'ANSWER')]).length
  const fax = { extensionType: 'fax' } as const
  expect([phone, forward(887), forward(101), forward(104, CLIENT, fax), incoming(104, CLIENT, fax), incoming(887)].map(ended)).toEqual([1, 1, 1, 0, 0, 0])
})
