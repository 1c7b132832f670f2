import { describe, expect, test } from 'vitest'
import { callReducer, correlator, ledger, type Config, type Placed } from '../../src/index.js'
import { told } from '../rules/classified.js'
import { at, incoming, outgoing } from '../rules/story.js'

// what programs hand in that nobody type-checks: an environment variable, a clock in another unit

const phone = incoming(101)
const talk = [phone.rings(0), phone.answers(5), phone.hangsUp(60, 'ANSWER')]
const parsed = (json: string): Config => JSON.parse(json)

describe('a configuration', () => {
  const refused = (config: Config): string => {
    for (const make of [() => correlator(config), () => callReducer(config), () => ledger(config)]) expect(make).toThrow(TypeError)
    try {
      correlator(config)
      return 'taken'
    } catch (error) {
      return String(error)
    }
  }

  test('that means nothing is a mistake of the program, told with a sentence for each thing when it is made', () => {
    const sentences: ReadonlyArray<readonly [string, string]> = [
      ['{"settle":5}', 'settle: 5 is less than a millisecond; durations are microseconds: seconds(5)'],
      ['{"settle":"5s"}', 'settle: "5s" is no whole number of microseconds: seconds(5), minutes(3), hours(2) are'],
      ['{"openRetention":-1}', 'openRetention: -1 is no whole number of microseconds: seconds(5), minutes(3), hours(2) are'],
      ['{"ringTimeout":1000.5}', 'ringTimeout: 1000.5 is no whole number of microseconds: seconds(5), minutes(3), hours(2) are'],
      ['{"directory":{"453*101":"Phone"}}', 'directory: the type "Phone" of "453*101" is none of phone, ivr, queue, fax'],
      ['{"directory":["453*101"]}', 'directory: what was given is no object of extensions and their types'],
      ['{"missedRule":"never"}', 'missedRule: "never" is none of never-accepted, last-hangup'],
      ['{"local":"yes"}', 'local: "yes" is neither true nor false'],
      ['{"maxLegs":0}', 'maxLegs: 0 is no whole number above 0'],
      ['{"normaliseNumber":"e164"}', 'normaliseNumber: "e164" is no function'],
      ['null', 'the configuration is no object']
    ]
    for (const [json, sentence] of sentences) expect(refused(parsed(json))).toBe(`TypeError: call-legs: ${sentence}`)
    expect(refused(parsed('{"setle":5000000,"local":1}'))).toMatch(/^TypeError: call-legs: setle is no option; there are directory, .*; local: 1 is neither true nor false$/)
    expect(refused({ closedRetention: Number.NaN, openRetention: Infinity })).toMatch(/closedRetention: NaN .*; openRetention: Infinity /)
  })

  test('with no time at all, and with options that are not given', () => {
    expect(told({ settle: 0, closedRetention: 0 }, talk)).toEqual(['registered answered 1'])
    expect(told(JSON.parse('{}'), talk)).toEqual(['registered answered 1'])
  })

  test('with a normaliseNumber that throws, or makes no text: the number stays as sent', () => {
    const picky = (number: string): string => {
      if (!/^\+\d+$/.test(number)) throw new Error(`not a number: ${number}`)
      return number.slice(1)
    }
    const dialled = outgoing(102, 'sip:bob')
    const machine = correlator({ normaliseNumber: picky })
    const open = [...talk, dialled.rings(70)].reduce((state, event) => machine.step(state, event)[0], machine.initial)
    const records = machine.drain(open)[1].flatMap((change) => (change.change === 'registered' ? [change.record.remoteNumber] : []))
    expect(machine.records(open).map((record) => record.remoteNumber)).toEqual(['79160000001'])
    expect(records).toEqual(['sip:bob'])
  })
})

describe('a time in another unit', () => {
  test('of receipt counts as not given', () => {
    const machine = correlator({})
    const body = 'EventType=dial-in&EventTime=1780000000000000&CallID=a&SubCallID=1-a&CallerIDNum=%2B79160000001&CalledNumber=453*101'
    const [plain] = machine.ingest(machine.initial, body)
    for (const receivedAt of [1_780_000_000_000, 1_780_000_000, Number.NaN, -1, 0.5, Infinity, JSON.parse('null'), JSON.parse('"x"')]) {
      expect(machine.encode(machine.ingest(machine.initial, body, receivedAt)[0])).toEqual(machine.encode(plain))
    }
    expect(machine.ingest(machine.initial, body.replace(/EventTime=\d+&/, ''), JSON.parse('null'))[1]).toMatchObject([
      { change: 'rejected', error: { field: 'EventTime', reason: 'is missing' } }
    ])
  })

  test('a word that a call was placed is rejected without a moment, a CallID, or a context that JSON can say', () => {
    const cyclic: { self?: unknown } = {}
    cyclic.self = cyclic
    const words: ReadonlyArray<readonly [unknown, string]> = [
      [{ callId: 'c1', at: 1_780_000_000_000 }, 'at'],
      [{ callId: 'c1' }, 'at'],
      [{ callId: '', at: at(0) }, 'callId'],
      [{ callId: 'a/b', at: at(0) }, 'callId'],
      [{ at: at(0) }, 'callId'],
      [{ callId: 'c1', at: at(0), context: 5n }, 'context'],
      [{ callId: 'c1', at: at(0), context: cyclic }, 'context']
    ]
    for (const machine of [correlator({}), callReducer({})]) {
      for (const [word, field] of words) {
        const place: (word: Placed) => unknown = (one) => Reflect.apply(machine.placed, undefined, [machine.initial, one])
        expect(place(word as Placed)).toEqual([machine.initial, [{ change: 'rejected', raw: word, error: expect.objectContaining({ field }) }]])
      }
    }
  })
})
