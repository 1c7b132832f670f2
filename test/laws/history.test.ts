import fc from 'fast-check'
import { expect, test } from 'vitest'
import { historyEvents } from '../../src/reconcile/index.js'
import { readCall } from '../../src/rest/historyList.js'
import { smallCompany } from '../../src/testing/Company.js'
import { loss } from '../../src/testing/disorder.js'
import { ledger, type CallEvent, type CallRecord } from '../../src/index.js'
import { callArb, companyConfig, disorderedArb, healthyCallArb, wildCallArb, type PlayedCall } from '../pbx/index.js'
import { reference } from '../reference/index.js'
import { callHistory } from '../vendor/callHistory.js'
import { anomalyTexts, bare, configArb, decoded, eventInput, outcome, placedInput, runs } from './run.js'

/** What the PBX's call history tells of a call that was played. */
const heardOf = (call: PlayedCall): ReadonlyArray<CallEvent> => {
  const read = readCall(callHistory(smallCompany, call), [])
  return read === undefined ? [] : historyEvents(read).events
}

const placedOf = ({ placed }: PlayedCall) => (placed === undefined ? [] : [placedInput(placed)])

test('L-history: where no webhook was lost, the history changes nothing', () => {
  fc.assert(
    fc.property(healthyCallArb, (call) => {
      const inputs = [...placedOf(call), ...decoded(call.events).map(eventInput)]
      expect(outcome(companyConfig, [...inputs, ...heardOf(call).map(eventInput)])).toEqual(outcome(companyConfig, inputs))
    }),
    runs(600)
  )
})

const lossy = (arb: fc.Arbitrary<PlayedCall>) =>
  arb.chain((call) => fc.record({ call: fc.constant(call), left: loss(decoded(call.events)), heard: loss(heardOf(call)) }))

test('L-history: any order of webhooks and history, any of them repeated, gives the same ledger and anomalies, which the reference tells, and ledger', () => {
  fc.assert(
    fc.property(
      lossy(fc.oneof(callArb, wildCallArb)).chain(({ call, left, heard }) => fc.record({ call: fc.constant(call), all: fc.constant([...left, ...heard]), disordered: disorderedArb([...left, ...heard]) })),
      configArb,
      ({ call, all, disordered }, config) => {
        const placed = call.placed === undefined ? [] : [call.placed]
        const truth = reference(config, all, placed)
        expect(outcome(config, [...disordered.map(eventInput), ...placedOf(call)])).toEqual({ ledger: bare(truth.ledger), anomalies: anomalyTexts(truth.anomalies) })
        const atOnce = ledger(config)([...disordered, ...placed.map((word) => ({ placed: word }))])
        expect(bare(atOnce.records)).toEqual(bare(truth.ledger))
        expect(anomalyTexts(atOnce.anomalies)).toEqual(anomalyTexts(truth.anomalies))
      }
    ),
    runs(600)
  )
})

const text = (record: CallRecord): string => JSON.stringify({ ...record, because: [] }, Object.keys(record).sort())

test('L-history: a record that was right before stays as it is', () => {
  fc.assert(
    fc.property(lossy(healthyCallArb), ({ call, left }) => {
      const ledgerOf = (events: ReadonlyArray<CallEvent>) => outcome(companyConfig, [...placedOf(call), ...events.map(eventInput)]).ledger.map(text)
      const truth = ledgerOf(decoded(call.events))
      const right = ledgerOf(left).filter((record) => truth.includes(record))
      const after = ledgerOf([...left, ...heardOf(call)])
      expect(right.filter((record) => !after.includes(record))).toEqual([])
    }),
    runs(600)
  )
})
