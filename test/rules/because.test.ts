import { describe, expect, test } from 'vitest'
import { callReducer, type CallEvent, type Config, type Placed } from '../../src/index.js'
import { at, CALL, CLIENT, DID, forward, incoming, MOBILE, outgoing, sub } from './story.js'

const config: Config = {
  directory: { '453*101': 'phone', '453*102': 'phone', '453*800': 'ivr', '453*887': 'queue', '453*888': 'queue' }
}

const phone = incoming(101)
const queue = incoming(887)
const no = { bridged: 'no' } as const
const talk = [phone.rings(0), phone.answers(5), phone.hangsUp(60, 'ANSWER')]
const consulted = incoming(102, '453*101', { parties: { remoteNumber: CLIENT } })

/** Why each leg of a story has its record or none, and the call its miss, at that second of the story. */
const explained = (events: ReadonlyArray<CallEvent>, { now = 3600, own = {}, placed }: { now?: number; own?: Config; placed?: Placed } = {}) => {
  const machine = callReducer({ ...config, ...own })
  const begun = placed === undefined ? machine.initial : machine.placed(machine.initial, placed)[0]
  const state = events.reduce((known, event) => machine.step(known, event)[0], begun)
  return machine.explain(state, at(now))
}

/** The rules behind the last leg of the story. */
const because = (...story: Parameters<typeof explained>) => explained(...story)?.legs.at(-1)?.because.join(' ')

/** The rules behind the miss. */
const becauseMissed = (...story: Parameters<typeof explained>) => explained(...story)?.missed.because.join(' ')

describe('a record says which rules made it so', () => {
  test('a talk, and one that was not answered in time', () => {
    expect(because(talk)).toBe('R-in R-success R-talk')
    expect(because([outgoing(101).rings(0), outgoing(101).hangsUp(20, 'NOANSWER')])).toBe('R-out R-success')
    expect(because([phone.answers(5), phone.hangsUp(4, 'ANSWER')])).toBe('R-in R-success')
  })

  test('a DID that another leg told', () => {
    expect(because([queue.rings(-1, { parties: { did: DID } }), ...talk])).toBe('R-in R-did R-success R-talk')
    expect(because([phone.rings(0, { parties: { did: DID } }), ...talk.slice(1)])).toBe('R-in R-success R-talk')
  })

  test('a talk between extensions, if these are asked for', () => {
    const inside = incoming(101, '453*102')
    expect(because([inside.rings(0), inside.answers(5), inside.hangsUp(60, 'ANSWER')], { own: { local: true } })).toBe('R-in R-local R-success R-talk')
  })

  test('a transfer, and a forward outside, which knows the client', () => {
    expect(because([...talk, consulted.rings(50), consulted.answers(55), consulted.hangsUp(90, 'ANSWER')])).toBe('R-in R-transfer R-success R-talk')
    const nameless = incoming(102, CLIENT, { parties: { callerNumber: undefined, remoteNumber: 'Anonymous' } })
    expect(because([nameless.rings(0), nameless.answers(5), nameless.hangsUp(60, 'ANSWER')])).toBe('R-in R-transfer R-success R-talk')
    const forwarded = forward(101)
    expect(because([...talk, forwarded.rings(61), forwarded.answers(65), forwarded.hangsUp(90, 'ANSWER')])).toBe('R-out R-transfer R-client R-success R-talk')
    expect(because([forwarded.rings(61), forwarded.answers(65), forwarded.hangsUp(90, 'ANSWER')])).toBe('R-out R-transfer R-success R-talk')
  })

  test('a callback, of which the source rang first', () => {
    const dialled = outgoing(102)
    expect(because([...talk, dialled.rings(6), dialled.answers(10), dialled.hangsUp(60, 'ANSWER')])).toBe('R-out R-source R-success R-talk')
    expect(because([dialled.rings(6), dialled.answers(10), dialled.hangsUp(60, 'ANSWER')], { placed: { callId: CALL, at: at(0) } })).toBe('R-out R-callback R-success R-talk')
  })

  test('a callback of which two phones rang as its source: the one that answered last talked', () => {
    const other = incoming(102)
    for (const [one, two, talker] of [[3, 4, '453*102'], [4, 3, '453*101'], [4, 4, '453*102']] as const) {
      const rang = [phone.rings(0), phone.answers(one), other.rings(0), other.answers(two)]
      const dialled = outgoing(103)
      expect(explained([...rang, dialled.rings(6), dialled.hangsUp(20, 'BUSY')])?.legs.at(-1)?.record).toMatchObject({ extension: talker })
    }
  })

  test('a transfer points back to the talk that its extension answered last, whichever leg that was', () => {
    const second = incoming(101, CLIENT, {}, 'b')
    for (const [one, two, from] of [[20, 5, 'a'], [5, 20, 'b']] as const) {
      const talks = [phone.rings(0), phone.answers(one), phone.hangsUp(52, 'ANSWER'), second.rings(0), second.answers(two), second.hangsUp(52, 'ANSWER')]
      const passed = [consulted.rings(50), consulted.answers(55), consulted.hangsUp(90, 'ANSWER')]
      expect(explained([...talks, ...passed])?.legs.at(-1)?.record).toMatchObject({ transfer: { from: { extension: '453*101', subCallId: sub(101, from) } } })
    }
  })

  test('what never hung up', () => {
    expect(because([phone.rings(0), phone.answers(5)], { now: 100_000 })).toBe('R-in R-expiry')
  })
})

describe('of a leg without a record is said why', () => {
  const reasons: Readonly<Record<string, readonly [string, ...Parameters<typeof explained>]>> = {
    'no record: nothing tells the direction of this leg': ['R-direction', [phone.hangsUp(3, 'CANCEL', { direction: undefined })]],
    'no record: of an IVR, a queue or a fax only a forward outside is recorded': ['R-type', [queue.rings(0)]],
    'no record: a call between extensions': ['R-local', [incoming(101, '453*102').rings(0)]],
    'no record: it only rang the source of a call that the PBX then placed': ['R-source', [outgoing(101).rings(5), incoming(102).rings(5), incoming(102).answers(6)]],
    'no record: it answered a call of the queue that had said Bridged=no already': [
      'R-answered',
      [queue.rings(0), ...[phone.rings(20), phone.answers(31)].map((event) => ({ ...event, parties: { ...event.parties, callerExtension: '453*887' } })), queue.hangsUp(30, 'ANSWER', no)]
    ],
    'no record: this phone rang and did not answer': ['R-in', [phone.rings(0), phone.hangsUp(20, 'CANCEL')]],
    'no record yet: the leg has not hung up': ['R-in', [phone.rings(0)]],
    'no record: this phone was not answered, and never hung up': ['R-expiry', [phone.rings(0)], { now: 100_000 }],
    'no record: a consultation that ended before the talk it came from': ['R-transfer R-consult', [...talk, consulted.rings(20), consulted.answers(25), consulted.hangsUp(40, 'ANSWER')]],
    'no record yet: it may be a consultation, which shows when the talk it came from ends': [
      'R-transfer R-consult',
      [...talk.slice(0, 2), consulted.rings(20), consulted.answers(25), consulted.hangsUp(40, 'ANSWER')]
    ]
  }
  test.each(Object.entries(reasons))('%s', (verdict, [rules, ...story]) => {
    expect(explained(...story)?.legs.at(-1)).toMatchObject({ verdict, because: rules.split(' ') })
  })

  test('a fax, which like a phone goes by its CalledNumber', () => {
    const fax = incoming(105, CLIENT, { extensionType: 'fax', parties: { calledExtension: '453*887' } })
    expect(explained([fax.rings(0)])?.legs).toMatchObject([{ extension: '453*105', extensionType: 'fax', because: ['R-type'] }])
  })

  test('an outgoing leg that has not hung up', () => {
    expect(because([outgoing(101).rings(0)])).toBe('R-out')
  })
})

describe('a miss says which rules made it so', () => {
  const lost = [queue.rings(0), queue.hangsUp(30, 'ANSWER', no)]

  test('at a queue, or at the last of several', () => {
    expect(becauseMissed(lost)).toBe('R-missed R-missed-number R-settle')
    expect(becauseMissed(lost.slice(1))).toBe('R-missed R-missed-number R-settle')
    expect(becauseMissed([...lost, incoming(800).hangsUp(31, 'ANSWER')])).toBe('R-missed R-missed-number R-settle')
    expect(becauseMissed([...lost, incoming(888).rings(30), incoming(888).hangsUp(50, 'ANSWER', no)])).toBe('R-missed R-deciding R-missed-number R-settle')
  })

  test('of a client who was passed on, with the DID of the leg by which he entered', () => {
    const passed = incoming(887, '453*101', { parties: { remoteNumber: CLIENT } })
    expect(becauseMissed([passed.rings(0), passed.hangsUp(30, 'ANSWER', no)])).toBe('R-missed R-missed-number R-remote R-settle')
    const unnamed = incoming(887, '453*101')
    expect(becauseMissed([phone.rings(-9, { parties: { did: DID } }), unnamed.rings(0), unnamed.hangsUp(30, 'ANSWER', no)])).toBe(
      'R-missed R-missed-number R-client R-did R-settle'
    )
  })

  test('between extensions, if these are asked for', () => {
    const inside = incoming(887, '453*101')
    const story = [inside.rings(0), inside.hangsUp(30, 'ANSWER', no)]
    expect(becauseMissed(story, { own: { local: true } })).toBe('R-missed R-missed-number R-local R-settle')
    expect(becauseMissed(story)).toBe('R-missed R-local')
  })

  test('of a callback that reached nobody inside', () => {
    expect(becauseMissed(lost, { placed: { callId: CALL, at: at(0), destination: MOBILE } })).toBe('R-missed R-missed-number R-callback R-settle')
  })

  test('at a phone', () => {
    expect(becauseMissed([phone.rings(0), phone.hangsUp(20, 'CANCEL')], { own: { missedAtPhone: true } })).toBe('R-missed-at-phone R-missed-number R-settle')
  })
})
