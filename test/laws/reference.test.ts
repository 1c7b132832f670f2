import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callArb, streamArb, wildCallArb } from '../pbx/index.js'
import { reference } from '../reference/index.js'
import { chaosArb } from './chaos.js'
import { anomalyTexts, bare, configArb, decoded, eventInput, outcome, placedInput, runs } from './run.js'

const agrees = (stream: ReturnType<typeof streamArb>): void => {
  fc.assert(
    fc.property(stream, configArb, ({ events, placed }, config) => {
      const known = decoded(events)
      const expected = reference(config, known, placed)
      const actual = outcome(config, [...placed.map(placedInput), ...known.map(eventInput)])
      expect(actual).toEqual({ ledger: bare(expected.ledger), anomalies: anomalyTexts(expected.anomalies) })
    }),
    runs(1500)
  )
}

test('L-reference: the drained ledger of any stream equals the reference semantics of its set of events', () => {
  agrees(streamArb({ calls: 3, call: callArb }))
})

test('L-reference: also of calls that were damaged on their way', () => {
  agrees(streamArb({ calls: 2, call: wildCallArb, keepTimes: true }))
})

test('L-reference: also of events that no PBX would send', () => {
  const placed = fc.option(
    fc.record({ callId: fc.constant('c1'), at: fc.constant(1_780_000_000_000_000), destination: fc.constantFrom('+79160000001', '453*101') }),
    { nil: undefined }
  )
  fc.assert(
    fc.property(chaosArb, placed, configArb, (events, word, config) => {
      const words = word === undefined ? [] : [word]
      const expected = reference(config, events, words)
      expect(outcome(config, [...events.map(eventInput), ...words.map(placedInput)])).toEqual({
        ledger: bare(expected.ledger),
        anomalies: anomalyTexts(expected.anomalies)
      })
    }),
    runs(4000)
  )
})
