import { describe, expect, test } from 'vitest'
import type { Config } from '../../src/config/Config.js'
import { classified } from './classified.js'
import { at, CALL, CLIENT, DID, forward, incoming, ledger, missOf, MOBILE, outgoing, sub } from './story.js'

const config: Config = {
  directory: { '453*101': 'phone', '453*102': 'phone', '453*800': 'ivr', '453*887': 'queue', '453*888': 'queue' }
}

const ivr = incoming(800)
const queue = incoming(887)
const overflow = incoming(888)
const phone = incoming(101)
const no = { bridged: 'no' } as const
const yes = { bridged: 'yes' } as const

/** What a miss at the queue that hung up at 30 s comes to. */
const missedAtQueue = {
  ...missOf(887), extensionType: 'queue', remoteNumber: CLIENT, startedAt: at(0), endedAt: at(30), rang: ['453*101']
} as const
const lostInQueue = [queue.rings(0), phone.rings(2), phone.hangsUp(30, 'CANCEL'), queue.hangsUp(30, 'ANSWER', no)]

describe('missed at an IVR or a queue', () => {
  test('R-missed: nobody in the queue answers: one miss, with the phones that rang, and no record of theirs', () => {
    expect(classified(config, lostInQueue)).toStrictEqual({ ledger: ledger(missedAtQueue), anomalies: [] })
  })

  test('R-deciding: the hangup of the queue outranks that of the IVR, whichever is later', () => {
    const told = [ivr.rings(-5, { parties: { did: DID } }), ivr.hangsUp(31, 'ANSWER', no), ...lostInQueue]
    expect(classified(config, told).ledger).toStrictEqual(ledger({ ...missedAtQueue, startedAt: at(-5), did: DID }))
  })

  test('R-deciding: of several queues the last counts', () => {
    const told = [...lostInQueue, overflow.rings(30), overflow.hangsUp(50, 'CANCEL', no)]
    expect(classified(config, told).ledger).toStrictEqual(
      ledger({
        ...missOf(888), extensionType: 'queue', remoteNumber: CLIENT, startedAt: at(0), endedAt: at(50), rang: ['453*101']
      })
    )
  })

  test('R-answered: a dead call was rung by this queue before its no, and answered after it: neither at that very moment', () => {
    const rang = incoming(101, CLIENT, { parties: { callerExtension: '453*887' } })
    const kinds = (rings: number, answers: number, leg = rang, lost = queue) =>
      classified(config, [lost.rings(0), leg.rings(rings), leg.answers(answers), lost.hangsUp(30, 'CANCEL', no), leg.hangsUp(60, 'ANSWER')]).ledger.map(({ kind }) => kind)
    expect(kinds(20, 31)).toStrictEqual(['missed'])
    expect([kinds(20, 30), kinds(30, 31), kinds(20, 31, phone)]).toStrictEqual([['answered'], ['answered'], ['answered']])
    expect(kinds(20, 31, incoming(101, CLIENT, { parties: { callerExtension: '453*800' } }), ivr)).toStrictEqual(['answered'])
  })

  test('R-deciding: of two queues that began at once the one that hung up last counts, of those that ended at once the last by its key', () => {
    const lost = (first: number, second: number, end: number) => [
      incoming(first).rings(0), incoming(second).rings(0), incoming(first).hangsUp(30, 'CANCEL', no), incoming(second).hangsUp(end, 'CANCEL', no)
    ]
    const where = (story: ReturnType<typeof lost>) => classified(config, story).ledger.map(({ extension }) => extension)
    expect([where(lost(887, 888, 31)), where(lost(888, 887, 31))]).toStrictEqual([['453*888'], ['453*887']])
    expect([where(lost(887, 888, 30)), where(lost(888, 887, 30))]).toStrictEqual([['453*888'], ['453*888']])
  })

  test('R-deciding: a queue speaks before a special, whichever way that was reached, and that before an IVR, whichever began last', () => {
    const special = incoming(900)
    const reached = incoming(901, CLIENT, { parties: { callerExtension: '453*800' } })
    const lost = (...legs: ReadonlyArray<typeof queue>) => legs.flatMap((leg, i) => [leg.rings(i), leg.hangsUp(30 + i, 'CANCEL', no)])
    const where = (...legs: ReadonlyArray<typeof queue>) => classified(config, lost(...legs)).ledger.map(({ extension }) => extension)
    expect(where(queue, reached, special, ivr)).toStrictEqual(['453*887'])
    expect(where(reached, special, ivr)).toStrictEqual(['453*901'])
    expect(where(special, ivr)).toStrictEqual(['453*900'])
    expect(where(ivr, special, reached, queue)).toStrictEqual(['453*887'])
  })

  test('R-deciding, R-type: without a directory a special reached through another extension speaks before a later one', () => {
    const reached = incoming(887, CLIENT, { parties: { callerExtension: '453*800' } })
    const told = [ivr.rings(0), reached.rings(3), reached.hangsUp(30, 'ANSWER', no), ivr.hangsUp(31, 'ANSWER', no)]
    expect(classified({}, told).ledger).toStrictEqual(ledger({ ...missedAtQueue, extensionType: 'special', rang: [] }))
  })

  test('R-bridged-yes: served once, lost in a second queue: no miss; with last-hangup it is one', () => {
    const told = [
      queue.rings(0), queue.hangsUp(30, 'ANSWER', yes), phone.rings(2), phone.answers(4), phone.hangsUp(30, 'ANSWER'),
      overflow.rings(30), overflow.hangsUp(50, 'CANCEL', no)
    ]
    const kinds = (missedRule: Config['missedRule'] & string) =>
      classified({ ...config, missedRule }, told).ledger.map(({ kind }) => kind)
    expect(kinds('never-accepted')).toStrictEqual(['answered'])
    expect(kinds('last-hangup')).toStrictEqual(['answered', 'missed'])
  })

  test('R-answered: the queue times out, then a phone takes the call', () => {
    const told = [queue.rings(0), queue.hangsUp(30, 'ANSWER', no), phone.rings(30), phone.answers(35), phone.hangsUp(60, 'ANSWER')]
    expect(classified(config, told).ledger.map(({ kind }) => kind)).toStrictEqual(['answered'])
  })

  test('R-answered: a talk that had ended by the hangup of the queue does not count', () => {
    const told = [phone.rings(0), phone.answers(5), phone.hangsUp(30, 'ANSWER'), queue.rings(20), queue.hangsUp(30, 'ANSWER', no)]
    expect(classified(config, told).ledger.map(({ kind }) => kind)).toStrictEqual(['answered', 'missed'])
  })

  test('R-answered: a phone that was answered and ended in anything but ANSWER, or is local, does not count', () => {
    const told = (leg: typeof phone, status: string) => [
      queue.rings(0), queue.hangsUp(30, 'ANSWER', no), leg.rings(30), leg.answers(35), leg.hangsUp(60, status)
    ]
    expect(classified(config, told(phone, 'CANCEL')).ledger.map(({ kind }) => kind)).toStrictEqual(['missed', 'unsuccessful'])
    expect(classified(config, told(incoming(101, '453*102'), 'ANSWER')).ledger.map(({ kind }) => kind)).toStrictEqual(['missed'])
  })

  test('R-answered: nor does a forward to an own extension', () => {
    const out = forward(887, '453*102')
    expect(classified(config, [...lostInQueue, out.rings(31), out.answers(35), out.hangsUp(60, 'ANSWER')]).ledger).toStrictEqual(
      ledger(missedAtQueue)
    )
  })

  test('rang: not the phone of a source, nor one that began to ring with the hangup or after it', () => {
    const source = incoming(102)
    const told = [
      source.rings(-9), source.answers(-8), outgoing(102, CLIENT, {}, 'out').rings(-7), source.hangsUp(-1, 'ANSWER'),
      outgoing(102, CLIENT, {}, 'out').hangsUp(-1, 'CANCEL'), ...lostInQueue, incoming(101, CLIENT, {}, 'b').rings(3),
      incoming(103).rings(30), incoming(103).hangsUp(40, 'CANCEL')
    ]
    expect(classified(config, told).ledger.slice(1)).toStrictEqual(ledger({ ...missedAtQueue, startedAt: at(-9) }))
  })

  test('R-answered: a forward outside that was answered counts, one that ended in anything but ANSWER does not', () => {
    const out = forward(887)
    const told = (status: string) => [...lostInQueue, out.rings(31), out.answers(35), out.hangsUp(60, status)]
    expect(classified(config, told('ANSWER')).ledger.map(({ kind }) => kind)).toStrictEqual(['transferred'])
    expect(classified(config, told('CANCEL')).ledger.map(({ kind }) => kind)).toStrictEqual(['missed', 'unsuccessful'])
  })

  test('R-answered: a colleague asks a queue while the client holds: no miss; in a callback it is one', () => {
    const talk = outgoing(101, CLIENT)
    const asked = incoming(887, '453*101')
    const kinds = (callBackId: string | undefined, answered: number, ended: number) =>
      classified(config, [
        talk.rings(0, { callBackId }), talk.answers(answered), asked.rings(20), asked.hangsUp(30, 'ANSWER', no),
        talk.hangsUp(ended, 'ANSWER')
      ]).ledger.map(({ kind }) => kind)
    expect(kinds(undefined, 30, 60)).toStrictEqual(['answered'])
    expect(kinds(undefined, 31, 60)).toStrictEqual(['missed', 'answered'])
    expect(kinds(undefined, 5, 29)).toStrictEqual(['answered', 'missed'])
    expect(kinds('CB-1', 5, 60)).toStrictEqual(['missed', 'callback'])
  })

  test('R-missed-number: a caller passed on to a queue is known from RemoteNumber, else from the call', () => {
    const passed = (remoteNumber: string | undefined) => incoming(887, '453*101', { parties: { remoteNumber, callerName: 'Reception' } })
    const told = (remoteNumber: string | undefined) => [
      phone.rings(0), phone.answers(1), phone.hangsUp(10, 'ANSWER'), passed(remoteNumber).rings(9),
      passed(remoteNumber).hangsUp(30, 'CANCEL', no)
    ]
    const numbers = [MOBILE, undefined].map((number) => classified(config, told(number)).ledger.slice(1))
    expect(numbers).toStrictEqual([ledger({ ...missedAtQueue, remoteNumber: MOBILE }), ledger(missedAtQueue)])
    const changed = [queue.rings(0, { parties: { remoteNumber: CLIENT } }), passed(MOBILE).hangsUp(30, 'CANCEL', no)]
    expect(classified(config, changed).ledger).toStrictEqual(ledger({ ...missedAtQueue, remoteNumber: MOBILE, rang: [] }))
  })

  test('R-missed-number: the name goes with the number of the hangup itself', () => {
    const told = [queue.rings(0), queue.hangsUp(30, 'CANCEL', { ...no, parties: { callerName: 'Client' } })]
    expect(classified(config, told).ledger).toStrictEqual(ledger({ ...missedAtQueue, remoteName: 'Client', rang: [] }))
  })

  test('R-missed-number: a colleague lost in a queue is a local miss, an anonymous caller has no number', () => {
    const colleague = incoming(887, '453*101')
    const anonymous = incoming(887, CLIENT, { parties: { callerNumber: undefined } })
    const lost = (leg: typeof queue) => [leg.rings(0), leg.hangsUp(30, 'CANCEL', no)]
    expect(classified(config, lost(colleague)).ledger).toStrictEqual([])
    expect(classified({ ...config, local: true }, lost(colleague)).ledger).toStrictEqual(
      ledger({ ...missedAtQueue, remoteNumber: '453*101', rang: [] })
    )
    const { remoteNumber: _, ...withoutNumber } = missedAtQueue
    expect(classified(config, lost(anonymous)).ledger).toStrictEqual(ledger({ ...withoutNumber, rang: [] }))
  })

  test('R-client: a website callback that reaches nobody inside is a miss of the client whom it dialled', () => {
    const dialled = outgoing(800, CLIENT, { callBackId: 'CB-1' }, 'out')
    const asked = incoming(887, '453*800')
    const told = [dialled.rings(0), dialled.answers(5), asked.rings(6), asked.hangsUp(30, 'CANCEL', no), dialled.hangsUp(30, 'ANSWER')]
    expect(classified(config, told).ledger).toStrictEqual(ledger({ ...missedAtQueue, callBackId: 'CB-1', rang: [] }))
  })
})

describe('missed at a phone', () => {
  const second = incoming(102)
  const told = [phone.rings(0), phone.hangsUp(20, 'NOANSWER'), second.rings(20), second.hangsUp(40, 'NOANSWER')]

  test('R-missed-at-phone: by default an anomaly at the last dialled phone', () => {
    expect(classified(config, told)).toStrictEqual({
      ledger: [],
      anomalies: [{ kind: 'unresolved-incoming', callId: CALL, leg: sub(102), at: [at(40)] }]
    })
  })

  test('R-missed-at-phone: with the switch a miss at that phone', () => {
    expect(classified({ ...config, missedAtPhone: true }, told)).toStrictEqual({
      ledger: ledger({
        ...missOf(102), extensionType: 'phone', remoteNumber: CLIENT, startedAt: at(0), endedAt: at(40), rang: ['453*101', '453*102']
      }),
      anomalies: []
    })
  })

  test('R-missed-at-phone: of two phones that were dialled at once, at the one whose leg comes last by its key', () => {
    for (const [n, m] of [[101, 102], [102, 101]] as const) {
      const atOnce = [incoming(n).rings(0), incoming(m).rings(0), incoming(n).hangsUp(20, 'NOANSWER'), incoming(m).hangsUp(20, 'NOANSWER')]
      expect(classified({ ...config, missedAtPhone: true }, atOnce).ledger).toMatchObject([{ extension: '453*102', rang: ['453*101', '453*102'] }])
    }
  })

  test('R-missed-at-phone: not while the last phone rings, nor if a phone dialled first, nor from the destination of a placed call', () => {
    const dialled = outgoing(102, MOBILE)
    const kinds = (...stories: ReadonlyArray<ReturnType<typeof classified>>) =>
      stories.flatMap((story) => story.ledger.map(({ kind }) => kind))
    const switched = { ...config, missedAtPhone: true }
    expect(
      kinds(
        classified(switched, told.slice(0, 3)),
        classified(switched, [...told, queue.hangsUp(9)]),
        classified(switched, [dialled.rings(-9), ...told.slice(0, 2)]),
        classified(switched, told, [{ callId: CALL, at: at(0), destination: CLIENT }])
      )
    ).toStrictEqual(['incomplete'])
  })
})
