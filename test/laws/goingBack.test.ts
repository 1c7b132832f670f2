import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callReducer, correlator, type Change } from '../../src/index.js'
import { disorderedArb, flows, streamArb, wildCallArb } from '../pbx/index.js'
import { bare, configArb, decoded, eventInput, ledgerOf, placedInput, put, runFrom, runs, tickInput, type Input } from './run.js'

/** What can be seen of a state. */
const seen = (machine: ReturnType<typeof correlator>, state: ReturnType<typeof correlator>['initial'], callIds: ReadonlyArray<string>) => ({
  saved: JSON.stringify(machine.encode(state)),
  records: machine.records(state),
  openLegs: machine.openLegs(state),
  due: machine.due(state),
  explanations: callIds.map((callId) => machine.explain(state, callId)),
  atTheEnd: callIds.map((callId) => machine.explain(state, callId, Infinity)),
  drained: machine.drain(state)[1]
})

/** Inputs in any order, some with a time of receipt, so that the same event may come again later. */
const inputsArb = fc.oneof(streamArb({ calls: 2 }), streamArb({ calls: 1, call: wildCallArb, keepTimes: true })).chain(({ events, placed }) =>
  fc.record({ order: disorderedArb(events), receipts: fc.array(fc.option(fc.nat({ max: 40 }), { nil: undefined }), { maxLength: 20 }), ticks: fc.array(fc.nat({ max: 30 }), { maxLength: 3 }) }).map(
    ({ order, receipts, ticks }): ReadonlyArray<Input> => {
      const known = decoded(order).map((event, i) => {
        const receipt = receipts[i % Math.max(1, receipts.length)]
        return eventInput(receipt === undefined ? event : { ...event, receivedAt: event.at + receipt * 1_000_000 })
      })
      const last = Math.max(0, ...known.map((input) => (input.in === 'event' ? input.event.at : 0)))
      const words = placed.map(placedInput)
      return [...known, ...words].flatMap((input, i) => (ticks.includes(i) ? [input, tickInput(last + 60_000_000)] : [input]))
    }
  )
)

test('a state stays what it was, whatever was made of it', () => {
  fc.assert(
    fc.property(inputsArb, configArb, fc.nat(), (inputs, config, seed) => {
      const machine = correlator(config)
      const callIds = [...new Set(inputs.flatMap((input) => (input.in === 'event' ? [input.event.callId] : [])))]
      const states = [machine.initial]
      const views = [seen(machine, machine.initial, callIds)]
      let state = machine.initial
      for (const input of inputs) {
        state = put(machine, state, input)[0]
        states.push(state)
        views.push(seen(machine, state, callIds))
      }
      // gone back to in an order of its own, and gone on from each: to and fro
      const backwards = states.map((_, i) => i).sort((a, b) => ((a * 7919 + seed) % 31) - ((b * 7919 + seed) % 31) || b - a)
      const whole = bare(ledgerOf(seenChanges(machine, machine.initial, inputs)))
      for (const i of backwards) {
        const from = states[i]
        if (from === undefined) continue
        expect(seen(machine, from, callIds)).toEqual(views[i])
        const before = machine.records(from)
        const rest = seenChanges(machine, from, inputs.slice(i))
        const registered: ReadonlyArray<Change> = before.map((record) => ({ change: 'registered', revision: 1, record }))
        // as long as nothing was let go, what comes after a state adds up with its records to the whole
        expect(bare(ledgerOf([...registered, ...rest]))).toEqual(whole)
        expect(seen(machine, from, callIds)).toEqual(views[i])
      }
    }),
    runs(250)
  )
})

const seenChanges = (machine: ReturnType<typeof correlator>, from: ReturnType<typeof correlator>['initial'], inputs: ReadonlyArray<Input>) => {
  const [state, changes] = runFrom(machine, from, inputs)
  return [...changes, ...machine.drain(state)[1]]
}

test('the same of the reducer of a single call', () => {
  fc.assert(
    fc.property(fc.oneof(...flows.map(({ arbitrary }) => arbitrary), wildCallArb), configArb, ({ events, placed }, config) => {
      const call = callReducer(config)
      const words = placed === undefined ? [] : [placed]
      const all = decoded(events)
      const view = (state: typeof call.initial) => [JSON.stringify(call.encode(state)), call.records(state), call.openLegs(state), call.due(state), call.explain(state), call.drain(state)[1]]
      const states = [call.initial]
      let state = call.initial
      for (const event of all) states.push((state = call.step(state, event)[0]))
      for (const word of words) states.push((state = call.placed(state, word)[0]))
      const views = states.map(view)
      // another run goes on from each of them
      for (const from of states) all.reduce((then, event) => call.step(then, { ...event, at: event.at + 1 })[0], from)
      expect(states.map(view)).toEqual(views)
    }),
    runs(300)
  )
})
