import fc from 'fast-check'
import { expect, test } from 'vitest'
import { correlator, type CallExplanation, type Change, type LegExplanation } from '../../src/index.js'
import { disorderedArb, streamArb, wildCallArb } from '../pbx/index.js'
import { chaosArb } from './chaos.js'
import { configArb, decoded, eventInput, placedInput, runFrom, runs } from './run.js'

const anyStream = fc.oneof(streamArb({ calls: 3 }), streamArb({ calls: 2, call: wildCallArb, keepTimes: true }))

const isTalk = (leg: LegExplanation): boolean => leg.record?.successful === true

/** A source's talk is the outgoing leg's; a consultation is none. */
const isExcepted = ({ because }: LegExplanation): boolean => because.includes('R-source') || because.includes('R-consult')

/** Whether a call is excepted whose only answered phone is a source, and no outgoing leg has a record, the law leaves open. */
const isSource = ({ because, record }: LegExplanation): boolean => record === undefined && because.includes('R-source')

const saysAnswer = ({ events }: LegExplanation): boolean => {
  const hangups = events.filter(({ kind }) => kind === 'hangup')
  return hangups[0]?.status === 'ANSWER'
}

const saysYes = ({ extensionType, events }: LegExplanation): boolean =>
  extensionType !== 'phone' && extensionType !== 'fax' && events.some(({ kind, bridged }) => kind === 'hangup' && bridged === 'yes')

/** A leg that was answered and ended in anything but `ANSWER` is told by its record, which has the answer. */
const isAnswered = ({ record }: LegExplanation): boolean => record?.answeredAt !== undefined

/** What is lost in silence: a leg or a call with a talk of which neither a record nor an oddity tells. */
const lost = ({ callId, legs, anomalies }: CallExplanation): ReadonlyArray<string> => [
  ...legs
    .filter((leg) => leg.extensionType === 'phone' && saysAnswer(leg) && !isExcepted(leg) && !isTalk(leg) && !anomalies.some((anomaly) => anomaly.leg === leg.leg))
    .map(({ leg }) => `${callId}/${leg}`),
  ...(legs.some(saysYes) && !legs.some(isTalk) && !legs.some(isAnswered) && !legs.some(isSource) && anomalies.length === 0 ? [callId] : [])
]

const explained = (config: Parameters<typeof correlator>[0], inputs: Parameters<typeof runFrom>[2]): ReadonlyArray<CallExplanation> => {
  const machine = correlator({ ...config, local: true })
  const [state] = runFrom(machine, machine.initial, inputs)
  const callIds = new Set(machine.drain(state)[1].flatMap((change: Change) => (change.change === 'anomaly' ? [change.anomaly.callId] : 'record' in change ? [change.record.callId] : [])))
  for (const input of inputs) if (input.in === 'event') callIds.add(input.event.callId)
  return [...callIds].flatMap((callId) => machine.explain(state, callId, Infinity) ?? [])
}

test('L-told: no talk is lost in silence', () => {
  fc.assert(
    fc.property(
      anyStream.chain((stream) => fc.record({ placed: fc.constant(stream.placed), events: disorderedArb(stream.events) })),
      configArb,
      ({ placed, events }, config) => {
        const inputs = [...placed.map(placedInput), ...decoded(events).map(eventInput)]
        expect(explained(config, inputs).flatMap(lost)).toEqual([])
      }
    ),
    runs(1000)
  )
})

test('L-told: also of events that no PBX would send', () => {
  fc.assert(
    fc.property(chaosArb, configArb, (events, config) => {
      expect(explained(config, events.map(eventInput)).flatMap(lost)).toEqual([])
    }),
    runs(2000)
  )
})
