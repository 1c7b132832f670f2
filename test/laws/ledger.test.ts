import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ledger, type Input as LedgerInput } from '../../src/index.js'
import { disorderedArb, streamArb, wildCallArb } from '../pbx/index.js'
import { chaosArb } from './chaos.js'
import { anomalyTexts, bare, configArb, decoded, eventInput, outcome, placedInput, runs } from './run.js'

const anyStream = fc.oneof(streamArb({ calls: 3 }), streamArb({ calls: 2, call: wildCallArb, keepTimes: true }))

test('L-ledger: the ledger of any inputs equals the drained ledger and anomalies of any run of them', () => {
  fc.assert(
    fc.property(
      anyStream.chain((stream) => fc.record({ stream: fc.constant(stream), disordered: disorderedArb(stream.events) })),
      fc.boolean(),
      configArb,
      ({ stream: { events, placed }, disordered }, raw, config) => {
        const words: ReadonlyArray<LedgerInput> = placed.map((one) => ({ placed: one }))
        const { records, anomalies } = ledger(config)([...(raw ? disordered : decoded(disordered)), ...words])
        const expected = outcome(config, [...placed.map(placedInput), ...decoded(events).map(eventInput)])
        expect({ ledger: bare(records), anomalies: anomalyTexts(anomalies) }).toEqual(expected)
      }
    ),
    runs(1000)
  )
})

test('L-ledger: also of events that no PBX would send', () => {
  fc.assert(
    fc.property(chaosArb, configArb, (events, config) => {
      const { records, anomalies } = ledger(config)(events)
      expect({ ledger: bare(records), anomalies: anomalyTexts(anomalies) }).toEqual(outcome(config, events.map(eventInput)))
    }),
    runs(2000)
  )
})
