import { describe, expect, test } from 'vitest'
import { callReducer, correlator, type Config, type Placed } from '../../src/index.js'
import { told } from '../rules/classified.js'
import { at, CLIENT, incoming, outgoing } from '../rules/story.js'

// what programs hand in that nobody type-checks: an environment variable, a clock in another unit

const phone = incoming(101)
const talk = [phone.rings(0), phone.answers(5), phone.hangsUp(60, 'ANSWER')]
const parsed = (json: string): Config => JSON.parse(json)

describe('a configuration', () => {
  test('with a time that is none: it counts as not given', () => {
    const queue = incoming(887, CLIENT, { extensionType: 'queue' })
    const lost = [queue.rings(0), queue.hangsUp(30, 'ANSWER', { bridged: 'no' }), at(35), at(30 + 7_200)]
    for (const config of [{ settle: Number.NaN }, { closedRetention: Number.NaN, openRetention: Infinity }, { settle: -1 }, parsed('{"settle":"5s"}')]) {
      expect(told(config, lost)).toEqual(['registered missed 1'])
      expect(told(config, [...lost, phone.rings(1)])).toEqual(['registered missed 1', 'anomaly late-event'])
    }
  })

  test('with a type that is none: the extension counts as unknown', () => {
    expect(told(parsed('{"directory":{"453*101":"Phone"}}'), talk)).toEqual(['registered answered 1'])
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
