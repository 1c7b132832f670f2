import { describe, expect, test } from 'vitest'
import { ledger as ledgerFrom, minutes, seconds, type CallRecord } from '../../src/index.js'
import { beginnings, journey, journeys, serviceLevel, type ServiceTarget } from '../../src/summary/index.js'
import { without } from '../ports/without.js'
import { at as second, CLIENT, DID, incoming } from '../rules/story.js'
import { answered, at, callback, forwarded, incomplete, missed, MOBILE, transferred, tried } from './day.js'

test('in at a queue, answered by one, passed on to another: from the events to the way of the call', () => {
  const queue = incoming(887, CLIENT, { extensionType: 'queue', parties: { did: DID } })
  const through = { parties: { callerExtension: '453*887@pbx.example' } }
  const [one, two] = [incoming(101, CLIENT, through), incoming(102, CLIENT, through)]
  const moved = incoming(102, '453*101', { parties: { remoteNumber: CLIENT } }, 'b')
  const events = [
    queue.rings(0), one.rings(30), two.rings(30), one.answers(42), two.hangsUp(42, 'CANCEL'), queue.hangsUp(43, 'ANSWER', { bridged: 'yes' }),
    one.hangsUp(102, 'ANSWER', { talkTime: seconds(60) }), moved.rings(102), moved.answers(107), moved.hangsUp(137, 'ANSWER', { talkTime: seconds(30) })
  ]
  const { records } = ledgerFrom({})(events)
  const way = {
    callId: 'c1', direction: 'incoming', outcome: 'talked', client: CLIENT, did: DID, talkTime: seconds(90), transfers: 1, endedAt: second(137),
    path: [
      { kind: 'answered', at: second(30), extension: '453*101', talkTime: seconds(60) },
      { kind: 'transferred', at: second(102), extension: '453*102', from: '453*101', talkTime: seconds(30) }
    ]
  }
  expect(journey(records, beginnings(events))).toEqual({ ...way, beganAt: second(0), timeToAnswer: seconds(42), wait: seconds(42) })
  expect(journey(records)).toEqual({ ...way, beganAt: second(30), timeToAnswer: seconds(12), wait: seconds(12) })
})

describe('the way of a call', () => {
  test('that was missed: the queue, and the phones that rang', () => {
    expect(journey([missed(at('10:00'), { callId: 'c1', rang: ['453*101', '453*102'] }, 40)])).toEqual({
      callId: 'c1', direction: 'incoming', outcome: 'missed', client: CLIENT, did: DID, beganAt: at('10:00'), endedAt: at('10:00:40'), wait: seconds(40), talkTime: 0, transfers: 0,
      path: [{ kind: 'missed', at: at('10:00:40'), extension: '453*887', extensionType: 'queue', rang: ['453*101', '453*102'] }]
    })
  })

  test('that was sent on to a mobile says who was dialled; the client stays the client', () => {
    const call = journey([forwarded(at('10:02'), 'c1', CLIENT), answered(at('10:00'), { callId: 'c1' })])
    expect(call).toMatchObject({ client: CLIENT, transfers: 1, talkTime: minutes(2) })
    expect(call?.path[1]).toEqual({ kind: 'transferred', at: at('10:02'), extension: '453*101', outside: MOBILE, talkTime: minutes(1) })
  })

  test('that the company made: the time to answer is known, and nobody waited', () => {
    const call = journey([answered(at('10:00'), { direction: 'outgoing' }, 14)])
    expect(call).toMatchObject({ direction: 'outgoing', outcome: 'talked', timeToAnswer: seconds(14) })
    expect(call).not.toHaveProperty('wait')
    expect(journey([answered(at('10:00'), { direction: 'outgoing', answeredAt: at('09:59') })])).not.toHaveProperty('timeToAnswer')
  })

  test('in which the client was served, then lost in a queue, is missed after the talk', () => {
    const call = journey([missed(at('10:00'), { callId: 'c1' }, 300), answered(at('10:00'), { callId: 'c1' }, 8)])
    expect(call).toMatchObject({ outcome: 'missed', wait: seconds(8), timeToAnswer: seconds(8), talkTime: minutes(1) })
    expect(call?.path.map(({ kind }) => kind)).toEqual(['answered', 'missed'])
  })

  test('in which nobody of the company talked', () => {
    expect(journey([tried(at('10:00'))])).toMatchObject({ outcome: 'not-reached', direction: 'outgoing', talkTime: 0 })
    expect(journey([callback(at('10:00'), { onBehalf: true })])).toMatchObject({ outcome: 'not-reached', talkTime: 0, path: [{ onBehalf: true, talkTime: minutes(1) }] })
  })

  test('whose end was lost has no end', () => {
    const call = journey([incomplete(at('10:00'), { answeredAt: at('10:01') })])
    expect(call).toMatchObject({ outcome: 'talked', timeToAnswer: minutes(1), talkTime: 0 })
    expect(call).not.toHaveProperty('endedAt')
  })

  test('is told of one call alone; of several each has its own, in the order in which they began', () => {
    const records = [answered(at('11:00'), { callId: 'c2' }), answered(at('10:00'), { callId: 'c1' })]
    expect([journey([]), journey(records)]).toEqual([undefined, undefined])
    expect(journeys(records).map(({ callId }) => callId)).toEqual(['c1', 'c2'])
  })
})

describe('the service level and the abandonment', () => {
  const within20: ServiceTarget = { within: seconds(20) }
  const talk = (wait: number) => answered(at('10:00') + seconds(wait), {}, wait)
  const miss = (wait: number) => missed(at('11:00') + seconds(wait), {}, wait)
  const level = (target: ServiceTarget, ...records: ReadonlyArray<CallRecord>) => serviceLevel(records, target)

  test('answered within the target, of all that were offered; 20 seconds are within 20 seconds', () => {
    expect(level(within20, talk(5), talk(20), talk(21), miss(3), miss(40))).toEqual({
      offered: 5, answered: 3, answeredWithin: 2, abandoned: 2, shortAbandoned: 0, level: 0.4, abandonment: 0.4
    })
  })

  test('callers who gave up before anybody had a chance do not count, if that is wanted', () => {
    const calls = [talk(5), talk(21), miss(3), miss(5), miss(40)]
    expect(level({ ...within20, shortAbandon: seconds(5) }, ...calls)).toEqual({
      offered: 5, answered: 2, answeredWithin: 1, abandoned: 3, shortAbandoned: 1, level: 1 / 4, abandonment: 2 / 4
    })
    expect(level({ ...within20, shortAbandon: seconds(20) }, ...calls)).toMatchObject({ shortAbandoned: 2, level: 1 / 3, abandonment: 1 / 3 })
  })

  test('calls that the company made, callbacks and calls of colleagues are not offered', () => {
    expect(level(within20, tried(at('10:00')), callback(at('10:00')), answered(at('10:00'), { because: ['R-local'] }), missed(at('10:00'), { callBackId: '77' }))).toEqual({
      offered: 0, answered: 0, answeredWithin: 0, abandoned: 0, shortAbandoned: 0
    })
  })

  test('a call is offered once, however often it was passed on, and answered if it was lost only after the talk', () => {
    const call = [talk(5), talk(5), transferred(at('10:30'), 'c1', {}, 50), answered(at('10:00'), { callId: 'c1' }, 8), missed(at('10:00'), { callId: 'c1' }, 600)]
    expect(level(within20, ...call)).toMatchObject({ offered: 2, answered: 2, answeredWithin: 2, abandoned: 0, level: 1 })
  })

  test('a wait that is not known is not within the target, nor short', () => {
    const [talked, lost] = [without(talk(5), 'startedAt'), without(miss(1), 'startedAt')]
    expect(level({ within: seconds(20), shortAbandon: seconds(5) }, talked, lost)).toMatchObject({ answered: 1, answeredWithin: 0, abandoned: 1, shortAbandoned: 0 })
  })

  test('of callers who all gave up at once there is no share', () => {
    expect(level({ within: seconds(20), shortAbandon: seconds(5) }, miss(1))).not.toHaveProperty('level')
  })

  test('a long time in the queue counts, if it is known', () => {
    const call = answered(at('10:05'), { callId: 'c1' }, 3)
    expect(serviceLevel([call], within20).level).toBe(1)
    expect(serviceLevel([call], within20, new Map([['c1', at('10:00')]])).level).toBe(0)
  })
})
