import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callReducer, correlator, decode, type CallEvent, type CallRecord, type Change } from '../../src/index.js'
import { flows, streamArb, wildCallArb } from '../pbx/index.js'
import { bare, configArb, decoded, drained, eventInput, ledgerOf, placedInput, put, runs } from './run.js'

const anyStream = fc.oneof(streamArb({ calls: 3 }), streamArb({ calls: 2, call: wildCallArb, keepTimes: true }))

const isMissed = (record: CallRecord) => record.kind === 'missed'

test('L-once: at any time at most one record per leg and one miss per CallID', () => {
  fc.assert(
    fc.property(anyStream, configArb, ({ events, placed }, config) => {
      const machine = correlator(config)
      let state = machine.initial
      for (const input of [...placed.map(placedInput), ...decoded(events).map(eventInput)]) {
        state = put(machine, state, input)[0]
        const records = machine.records(state)
        expect(new Set(records.map(({ id }) => id)).size).toBe(records.length)
        const missed = records.filter(isMissed).map(({ callId }) => callId)
        expect(new Set(missed).size).toBe(missed.length)
      }
    }),
    runs(300)
  )
})

test('L-once: under the default rule never a miss beside Bridged=yes, nor beside an incoming leg that talks on after it', () => {
  const listed = fc.record({ missedAtPhone: fc.boolean(), local: fc.boolean() })
  fc.assert(
    fc.property(anyStream, listed, ({ events, placed }, config) => {
      const all = decoded(events)
      const ledger = ledgerOf(drained(config, [...placed.map(placedInput), ...all.map(eventInput)]))
      for (const missed of ledger) {
        if (missed.kind !== 'missed' || missed.extensionType === 'phone') continue
        const own = ledger.filter((record) => record.callId === missed.callId)
        const yes = all.filter((event) => event.callId === missed.callId && event.kind === 'hangup' && event.bridged === 'yes')
        const typedAsPhone = (event: CallEvent) =>
          all.some((other) => other.callId === event.callId && other.subCallId === event.subCallId && (other.extensionType === 'phone' || other.extensionType === 'fax'))
        expect(yes.filter((event) => !typedAsPhone(event))).toEqual([])
        const talksOn = own.filter(
          (record) =>
            record.successful && record.direction === 'incoming' && record.endedAt > missed.endedAt && !(/^\d+\*\d+$/.test(record.remoteNumber ?? ''))
        )
        expect(talksOn).toEqual([])
      }
    }),
    runs(1000)
  )
})

test('L-honest: no leg without CallStatus=ANSWER is answered, transferred or callback', () => {
  fc.assert(
    fc.property(anyStream, configArb, ({ events, placed }, config) => {
      const changes = drained(config, [...placed.map(placedInput), ...decoded(events).map(eventInput)])
      for (const change of changes) {
        if (change.change !== 'registered' && change.change !== 'revised') continue
        const { record } = change
        expect(record.successful).toBe(record.kind === 'answered' || record.kind === 'transferred' || record.kind === 'callback')
        if (record.kind !== 'missed' && record.successful) expect(record.status).toBe('ANSWER')
      }
    }),
    runs(500)
  )
})

const rubbish = fc.oneof(
  fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.dictionary(
    fc.constantFrom('EventType', 'CallID', 'EventTime', 'SubCallID', 'Bridged', 'CallFlow', 'Duration', '__proto__', 'constructor', 'CallerIDNum', 'Transfered', 'ExtType'),
    fc.oneof(
      fc.constantFrom('hangup', 'dial-in', 'answer', '1780000686478202', 'in', 'no', '', '__proto__', 'constructor', 'missed', 'a/b', '-1', '9'.repeat(30)),
      fc.string({ unit: 'binary' }),
      fc.anything(),
      fc.constant('x'.repeat(1_000_000))
    )
  ),
  fc.constant(
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('not for you')
        }
      }
    )
  )
)

test('L-total: decoding and stepping are total: no input throws', () => {
  const machine = correlator({})
  const call = callReducer({})
  fc.assert(
    fc.property(fc.array(rubbish, { maxLength: 8 }), fc.option(fc.double(), { nil: undefined }), (raws, receivedAt) => {
      let state = machine.initial
      let one = call.initial
      for (const raw of raws) {
        expect(['Left', 'Right']).toContain(decode(raw, receivedAt)._tag)
        state = machine.ingest(state, raw, receivedAt)[0]
        one = call.ingest(one, raw, receivedAt)[0]
      }
      machine.decode(raws[0])
      machine.tick(state, receivedAt ?? Number.NaN)
      machine.drain(state)
      call.drain(one)
    }),
    runs(1500)
  )
})

test('the reducer of a single call tells what the correlator of all tells', () => {
  fc.assert(
    fc.property(fc.oneof(...flows.map(({ arbitrary }) => arbitrary), wildCallArb), configArb, ({ events, placed }, config) => {
      const all = decoded(events)
      const machine = callReducer(config)
      const changes: Array<Change> = []
      let state = machine.initial
      for (const one of placed === undefined ? [] : [placed]) state = machine.placed(state, one)[0]
      for (const event of all) {
        const [next, told] = machine.step(state, event)
        changes.push(...told.filter(({ change }) => change !== 'rejected'))
        state = next
      }
      changes.push(...machine.drain(state)[1])
      const first = state.state?.tag === 'held' ? state.state.call.callId : ''
      const own = all.filter(({ callId }) => callId === first)
      const whole = drained(config, [...(placed === undefined ? [] : [placedInput(placed)]), ...own.map(eventInput)])
      expect(bare(ledgerOf(changes))).toEqual(bare(ledgerOf(whole)))
    }),
    runs(500)
  )
})
