import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { correlator, hours, minutes, type Change, type Config } from '../../src/index.js'
import { companyConfig, disorderedArb, healthyCallArb, streamArb, wildCallArb, type PlayedStream } from '../pbx/index.js'
import { chaosArb } from './chaos.js'
import {
  bare,
  configArb,
  decoded,
  drained,
  eventInput,
  ledgerOf,
  outcome,
  placedInput,
  put,
  runFrom,
  runs,
  tickInput,
  type Input
} from './run.js'

/** A stream as it arrives: in any order, with repeats, and with ticks anywhere, each by the time seen so far and some more. */
const arrivals = (stream: fc.Arbitrary<PlayedStream>): fc.Arbitrary<ReadonlyArray<Input>> =>
  stream.chain(({ events, placed }) =>
    fc
      .record({ order: disorderedArb(events), ticks: fc.array(fc.record({ place: fc.nat({ max: 60 }), after: fc.nat({ max: 3_600 }) }), { maxLength: 10 }) })
      .map(({ order, ticks }) => {
        let seen = 0
        return [...placed.map(placedInput), ...decoded(order).map(eventInput)].flatMap((input, i) => {
          seen = Math.max(seen, input.in === 'event' ? input.event.at : 0)
          const due = ticks.filter(({ place }) => place === i).map(({ after }) => tickInput(seen + after * 1_000_000))
          return [input, ...due]
        })
      })
  )

const anyStream = fc.oneof(streamArb({ calls: 3 }), streamArb({ calls: 2, call: wildCallArb, keepTimes: true }))

test('L-tick: ticks put anywhere, as long as no call expires before its last event, change nothing in the drained ledger', () => {
  fc.assert(
    fc.property(arrivals(anyStream), configArb, (inputs, config) => {
      expect(outcome(config, inputs)).toEqual(outcome(config, inputs.filter((input) => input.in !== 'tick')))
    }),
    runs(1000)
  )
})

test('L-fold: at every prefix of a run in which no call has expired yet, the ledger equals the records of the state', () => {
  fc.assert(
    fc.property(arrivals(anyStream), configArb, (inputs, config) => {
      const machine = correlator(config)
      const changes: Array<Change> = []
      let state = machine.initial
      for (const input of inputs) {
        const [next, told] = put(machine, state, input)
        changes.push(...told)
        state = next
        expect(bare(machine.records(state))).toEqual(bare(ledgerOf(changes)))
      }
    }),
    runs(400)
  )
})

test('L-fold, L-resume: also of events that no PBX would send, saved and taken up after each', () => {
  fc.assert(
    fc.property(chaosArb, configArb, (events, config) => {
      const machine = correlator(config)
      const changes: Array<Change> = []
      let state = machine.initial
      for (const event of events) {
        const [next, told] = machine.step(state, event)
        const read = machine.decode(JSON.parse(JSON.stringify(machine.encode(next))))
        if (!isRight(read)) throw new Error(JSON.stringify(read.left))
        expect(machine.encode(read.right)).toEqual(machine.encode(next))
        expect(machine.records(read.right)).toEqual(machine.records(next))
        changes.push(...told)
        state = next
        expect(bare(machine.records(state))).toEqual(bare(ledgerOf(changes)))
      }
    }),
    runs(1500)
  )
})

test('the revisions of each record id are 1, 2, 3 …, and each change says what it changes', () => {
  fc.assert(
    fc.property(arrivals(anyStream), configArb, (inputs, config) => {
      const known = new Map<string, { revision: number; content: string | undefined }>()
      for (const change of drained(config, inputs)) {
        if (change.change === 'anomaly' || change.change === 'rejected') continue
        const id = change.change === 'retracted' ? change.previous.id : change.record.id
        const before = known.get(id) ?? { revision: 0, content: undefined }
        expect(change.revision).toBe(before.revision + 1)
        expect(change.change === 'registered' ? undefined : JSON.stringify(bare([change.previous]))).toBe(before.content)
        known.set(id, {
          revision: change.revision,
          content: change.change === 'retracted' ? undefined : JSON.stringify(bare([change.record]))
        })
      }
    }),
    runs(400)
  )
})

/** Ticks by the largest time seen, after every event. */
const replayed = ({ events, placed }: PlayedStream): ReadonlyArray<Input> => {
  const told = new Map(placed.map((one) => [one.callId, one]))
  return decoded(events).flatMap((event) => {
    const word = told.get(event.callId)
    told.delete(event.callId)
    return [...(word === undefined ? [] : [placedInput(word)]), eventInput(event), tickInput(event.at)]
  })
}

const calmConfig: fc.Arbitrary<Config> = fc
  .record({ missedRule: fc.constantFrom('never-accepted', 'last-hangup'), missedAtPhone: fc.boolean(), local: fc.boolean() })
  .map((rest) => ({ ...companyConfig, ...rest }))

test('L-calm: a healthy stream has no revised and no retracted', () => {
  fc.assert(
    fc.property(streamArb({ calls: 6, call: healthyCallArb }), calmConfig, (stream, config) => {
      expect(drained(config, replayed(stream)).filter(({ change }) => change === 'revised' || change === 'retracted')).toEqual([])
    }),
    runs(2500)
  )
})

test('L-local: the ledger of an interleaving of calls is the union of the ledgers of the calls', () => {
  fc.assert(
    fc.property(anyStream, configArb, ({ events, placed }, config) => {
      const all = decoded(events)
      const apart = [...new Set([...all.map(({ callId }) => callId), ...placed.map(({ callId }) => callId.toLowerCase())])].flatMap((callId) =>
        drained(config, [
          ...placed.filter((one) => one.callId.toLowerCase() === callId).map(placedInput),
          ...all.filter((event) => event.callId === callId).map(eventInput)
        ])
      )
      expect(bare(ledgerOf(drained(config, [...placed.map(placedInput), ...all.map(eventInput)])))).toEqual(bare(ledgerOf(apart)))
    }),
    runs(500)
  )
})

test('L-resume: for every cut, encoding the state, decoding it and going on equals going on', () => {
  fc.assert(
    fc.property(arrivals(anyStream), fc.nat({ max: 60 }), fc.boolean(), configArb, (inputs, place, expires, config) => {
      const machine = correlator(expires ? { ...config, closedRetention: minutes(1), openRetention: minutes(5) } : config)
      const cut = Math.min(place, inputs.length)
      const [before] = runFrom(machine, machine.initial, inputs.slice(0, cut))
      const read = machine.decode(JSON.parse(JSON.stringify(machine.encode(before))))
      if (!isRight(read)) throw new Error(JSON.stringify(read.left))
      expect(machine.encode(read.right)).toEqual(machine.encode(before))
      const goOn = (state: typeof before): ReadonlyArray<Change> => {
        const [after, changes] = runFrom(machine, state, inputs.slice(cut))
        return [...changes, ...machine.drain(after)[1]]
      }
      expect(goOn(read.right)).toEqual(goOn(before))
    }),
    runs(600)
  )
})

test('L-empty: after a drain no call is held', () => {
  fc.assert(
    fc.property(arrivals(anyStream), configArb, (inputs, config) => {
      const machine = correlator(config)
      const [state] = machine.drain(runFrom(machine, machine.initial, inputs)[0])
      expect(machine.encode(state)).toEqual(machine.encode(machine.initial))
      expect(machine.records(state)).toEqual([])
      expect(machine.due(state)).toBeUndefined()
    }),
    runs(200)
  )
})

test('L-empty: nothing is held beyond the retentions, and nothing is due any more', () => {
  fc.assert(
    fc.property(anyStream, ({ events, placed }) => {
      const machine = correlator({ closedRetention: hours(2), openRetention: hours(24) })
      const inputs = [...placed.map(placedInput), ...decoded(events).map(eventInput)]
      const last = Math.max(0, ...decoded(events).map(({ at }) => at), ...placed.map(({ at }) => at))
      const [state] = runFrom(machine, machine.initial, [...inputs, tickInput(last + hours(24)), tickInput(last + hours(48))])
      expect(machine.encode(state)).toEqual(machine.encode(machine.initial))
    }),
    runs(200)
  )
})

test('L-late: an event for a call that was let go, while its CallID is kept, changes no record', () => {
  fc.assert(
    fc.property(anyStream, configArb, ({ events, placed }, config) => {
      const machine = correlator(config)
      const all = decoded(events)
      const last = Math.max(0, ...all.map(({ at }) => at), ...placed.map(({ at }) => at))
      const [held] = runFrom(machine, machine.initial, [...placed.map(placedInput), ...all.map(eventInput)])
      const [gone] = machine.tick(held, last + hours(49))
      const calls = new Set([...all.map(({ callId }) => callId), ...placed.map(({ callId }) => callId.toLowerCase())])
      const late = [...all.map(eventInput), ...placed.map(placedInput)].filter(() => calls.size > 0)
      const [after, changes] = runFrom(machine, gone, late)
      expect(after).toBe(gone)
      expect(changes.map((change) => change.change === 'anomaly' && change.anomaly.kind)).toEqual(late.map(() => 'late-event'))
    }),
    runs(300)
  )
})
