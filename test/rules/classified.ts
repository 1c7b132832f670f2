import { expect } from 'vitest'
import { correlator, type Anomaly, type CallEvent, type CallRecord, type Config, type Placed } from '../../src/index.js'
import { anomaliesOf, anomalyTexts, bare, drained, eventInput, ledgerOf, placedInput } from '../laws/run.js'
import { reference } from '../reference/index.js'

/** What a story comes to, by the library and by the reference semantics, which must say the same. */
export const classified = (
  config: Config,
  events: ReadonlyArray<CallEvent>,
  placed: ReadonlyArray<Placed> = []
): { readonly ledger: ReadonlyArray<CallRecord>; readonly anomalies: ReadonlyArray<Anomaly> } => {
  const changes = drained(config, [...placed.map(placedInput), ...events.map(eventInput)])
  const expected = reference(config, events, placed)
  const ledger = bare(ledgerOf(changes))
  expect(ledger).toStrictEqual(expected.ledger)
  expect(anomaliesOf(changes)).toStrictEqual(anomalyTexts(expected.anomalies))
  return { ledger, anomalies: expected.anomalies }
}

/** The changes of a story as they come, with a tick at each moment that is given; not drained. */
export const told = (config: Config, steps: ReadonlyArray<CallEvent | number>): ReadonlyArray<string> => {
  const machine = correlator(config)
  let state = machine.initial
  return steps.flatMap((step) => {
    const [next, changes] = typeof step === 'number' ? machine.tick(state, step) : machine.step(state, step)
    state = next
    return changes.map((change) => {
      switch (change.change) {
        case 'registered':
        case 'revised':
          return `${change.change} ${change.record.kind} ${change.revision}`
        case 'retracted':
          return `${change.change} ${change.previous.kind} ${change.revision}`
        case 'anomaly':
          return `anomaly ${change.anomaly.kind}`
        case 'rejected':
          return 'rejected'
      }
    })
  })
}
