import { ledger, type Anomaly, type CallEvent, type CallRecord, type Config } from '../../src/index.js'
import { anomalyTexts, bare, eventInput, outcome } from '../laws/run.js'
import { reference } from '../reference/index.js'
import { CLIENT, forward, incoming, MOBILE, outgoing } from '../rules/story.js'

const callBack = { callBackId: '17' }
const first = incoming(101)
const transferred = incoming(102, '453*101', { parties: { remoteNumber: CLIENT, callerExtension: '453*101@pbx.example' } })
const away = forward(101, MOBILE)
const back = outgoing(101, CLIENT, callBack)
const queue = incoming(887)
const ivr = incoming(800)

/** All that can happen in a small call: both types of transfer, a callback, two specials with yes and no, one leg busy and answered. */
export const ALPHABET: ReadonlyArray<CallEvent> = [
  ivr.rings(0),
  queue.rings(1),
  first.rings(2),
  first.answers(4),
  back.rings(5),
  transferred.rings(6),
  transferred.answers(8),
  back.answers(9),
  first.hangsUp(10, 'BUSY'),
  first.hangsUp(11, 'ANSWER'),
  away.rings(12),
  away.answers(14),
  ivr.hangsUp(15, 'ANSWER', { bridged: 'no' }),
  queue.hangsUp(16, 'ANSWER', { bridged: 'no' }),
  queue.hangsUp(17, 'ANSWER', { bridged: 'yes' }),
  transferred.hangsUp(20, 'ANSWER'),
  away.hangsUp(21, 'ANSWER'),
  back.hangsUp(22, 'ANSWER')
]

/** The vendor's rule without a directory, and everything else that a configuration can choose. */
export const CONFIGS: ReadonlyArray<Config> = [{}, { directory: { '453*887': 'queue', '453*800': 'ivr' }, missedRule: 'last-hangup', missedAtPhone: true, local: true }]

/** Every set of up to so many letters, each in one order. */
function* sets(most: number, from = 0): Generator<ReadonlyArray<number>> {
  for (let i = from; i < ALPHABET.length; i++) {
    yield [i]
    if (most > 1) for (const rest of sets(most - 1, i + 1)) yield [i, ...rest]
  }
}

function* orders<A>(items: ReadonlyArray<A>): Generator<ReadonlyArray<A>> {
  if (items.length < 2) yield items
  for (const [i, item] of items.entries()) if (items.length > 1) for (const rest of orders(items.filter((_, j) => j !== i))) yield [item, ...rest]
}

interface Outcome {
  readonly ledger: ReadonlyArray<CallRecord>
  readonly anomalies: ReadonlyArray<Anomaly> | ReadonlyArray<string>
}

const text = ({ ledger: records, anomalies }: Outcome): string => JSON.stringify([records.map((record) => Object.entries(record).sort()), anomalies])

/** Tries every call of up to so many events in every order, library against reference; tells what differs. */
export const tryWorlds = (most: number): { readonly sets: number; readonly calls: number; readonly wrong: ReadonlyArray<string> } => {
  const wrong: Array<string> = []
  let [tried, calls] = [0, 0]
  for (const set of sets(most)) {
    tried += 1
    const events = set.flatMap((i) => ALPHABET[i] ?? [])
    for (const [which, config] of CONFIGS.entries()) {
      const expected = reference(config, events)
      const should = text({ ledger: bare(expected.ledger), anomalies: anomalyTexts(expected.anomalies) })
      for (const order of orders(events)) {
        if (which === 0) calls += 1
        const is = text(outcome(config, order.map(eventInput)))
        if (is !== should) wrong.push(`configuration ${which}, ${order.map(({ kind, subCallId }) => `${kind} ${subCallId}`).join(', ')}:\n  ${is}\n  ${should}`)
      }
      const batch = ledger(config)(events)
      if (text({ ledger: bare(batch.records), anomalies: anomalyTexts(batch.anomalies) }) !== should) wrong.push(`ledger, configuration ${which}, ${set.join(' ')}`)
    }
  }
  return { sets: tried, calls, wrong }
}
