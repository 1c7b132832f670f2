import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CallRecord, LedgerOrd, sortLedger } from '../../src/index.js'
import { configArb, decoded, drained, eventInput, ledgerOf, placedInput, runs } from '../laws/run.js'
import { streamArb, wildCallArb } from '../pbx/index.js'

const ledgers = fc
  .tuple(fc.oneof(streamArb({ calls: 4 }), streamArb({ calls: 2, call: wildCallArb, keepTimes: true })), configArb)
  .map(([{ events, placed }, config]) => ledgerOf(drained(config, [...placed.map(placedInput), ...decoded(events).map(eventInput)])))

test('a record goes into JSON and back, absent facts are absent keys', () => {
  fc.assert(
    fc.property(ledgers, (ledger) => {
      for (const record of ledger) {
        expect(CallRecord.is(record)).toBe(true)
        expect(CallRecord.decode(JSON.parse(JSON.stringify(CallRecord.encode(record))))).toStrictEqual({ _tag: 'Right', right: record })
      }
    }),
    runs(300)
  )
})

test('the ledger is sorted by endedAt, absent last, then by id', () => {
  fc.assert(
    fc.property(ledgers, (ledger) => {
      expect(sortLedger([...ledger].reverse())).toEqual(ledger)
      ledger.slice(1).forEach((record, i) => {
        const before = ledger[i]
        expect(before !== undefined && LedgerOrd.compare(before, record)).toBe(-1)
        expect(before !== undefined && LedgerOrd.equals(before, record)).toBe(false)
        expect(LedgerOrd.equals(record, { ...record }) && LedgerOrd.compare(record, { ...record })).toBe(0)
        if (before?.kind === 'incomplete') expect(record.kind).toBe('incomplete')
      })
    }),
    runs(200)
  )
})

const missed = {
  v: 1,
  id: 'c1/missed',
  kind: 'missed',
  direction: 'incoming',
  successful: false,
  callId: 'c1',
  subCallId: '1-a',
  extensionType: 'queue',
  endedAt: 1_780_000_000_000_000,
  rang: [],
  because: ['R-missed']
}

test('a record of another version, another kind, or without what it must have is refused; what is not known is left out', () => {
  const decodedNew = CallRecord.decode({ ...missed, novelty: 1 })
  expect(isRight(decodedNew) && decodedNew.right).toStrictEqual(missed)
  expect(CallRecord.decode({ ...missed, because: ['R-missed', 'R-novelty'] })).toStrictEqual({ _tag: 'Right', right: missed })
  expect(PathReporter.report(CallRecord.decode({ ...missed, kind: 'lost' }))).toEqual(['is no kind of record'])
  expect(isLeft(CallRecord.decode({ ...missed, kind: '__proto__' }))).toBe(true)
  for (const wrong of [{ v: 2 }, { rang: 'x' }, { endedAt: 1.5 }, { direction: 'outgoing' }, { because: 'R-missed' }, { successful: true }]) {
    expect(isLeft(CallRecord.decode({ ...missed, ...wrong }))).toBe(true)
    expect(CallRecord.is({ ...missed, ...wrong })).toBe(false)
  }
})

const talk = {
  v: 1,
  id: 'c1/1-a',
  kind: 'callback',
  direction: 'outgoing',
  successful: true,
  callId: 'c1',
  subCallId: '1-a',
  extension: '453*101',
  remoteNumber: '+79160000001',
  remoteName: 'Reception',
  did: '74950000001',
  startedAt: 1_780_000_000_000_000,
  answeredAt: 1_780_000_001_000_000,
  endedAt: 1_780_000_002_000_000,
  talkTime: 1_000_000,
  status: 'ANSWER',
  recordingId: 'Rec-1',
  transfer: { from: { extension: '453*102', subCallId: '1-b' }, client: '+79160000002' },
  callBackId: '77',
  context: { deal: 42 },
  onBehalf: true,
  because: ['R-out', 'R-callback']
}

test('every fact of a record goes into JSON and back, and each is of its own type', () => {
  const whole = { ...missed, extension: '453*887', remoteNumber: '+79160000001', remoteName: 'x', did: '74950000001', startedAt: 1, callBackId: '77', context: 1, rang: ['453*101'] }
  const { talkTime: _, endedAt, ...open } = talk
  const unsuccessful = { ...open, kind: 'unsuccessful', successful: false, endedAt }
  const known = [talk, { ...talk, kind: 'answered' }, { ...talk, kind: 'transferred' }, { ...open, kind: 'incomplete', successful: false }, whole]
  const causes = ['busy', 'cancelled', 'no-answer', 'congestion', 'unavailable', 'other'].map((cause) => ({ ...unsuccessful, cause }))
  const places = ['ivr', 'queue', 'special', 'phone'].map((extensionType) => ({ ...missed, extensionType }))
  for (const record of [...known, ...causes, ...places]) {
    expect(CallRecord.is(record)).toBe(true)
    expect(CallRecord.decode(JSON.parse(JSON.stringify(record)))).toStrictEqual({ _tag: 'Right', right: record })
    for (const key of Object.keys(record)) {
      // an object is what JSON can say, and no value of any other field
      if (key !== 'context') expect([key, isLeft(CallRecord.decode({ ...record, [key]: { wrong: [] } })) || key === 'transfer']).toEqual([key, true])
    }
  }
  for (const wrong of [{ onBehalf: false }, { direction: 'sideways' }, { transfer: { from: {} } }, { endedAt: '1' }, { context: undefined, talkTime: null }]) {
    expect(isLeft(CallRecord.decode({ ...talk, ...wrong }))).toBe(true)
  }
})

test('what is no record at all is refused, with a sentence', () => {
  for (const none of [null, undefined, 'missed', 7, [], {}, { kind: 7 }, { kind: ['missed'] }]) {
    expect(PathReporter.report(CallRecord.decode(none))).toEqual(['is no kind of record'])
    expect(CallRecord.is(none)).toBe(false)
  }
  expect(PathReporter.report(CallRecord.decode({ ...missed, endedAt: 1.5 }))).toEqual(['is no integer of microseconds'])
  for (const because of ['R-missed', ['R-missed', 7], 7]) expect(PathReporter.report(CallRecord.decode({ ...missed, because }))).toEqual(['is no list of rules'])
  for (const because of [['R-missed', 'R-novelty'], ['R-missed', 7], ['toString']]) expect(CallRecord.is({ ...missed, because })).toBe(false)
})
