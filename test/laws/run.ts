import { isRight } from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import {
  correlator,
  decode,
  hours,
  minutes,
  seconds,
  sortLedger,
  type Anomaly,
  type CallEvent,
  type CallRecord,
  type Change,
  type Config,
  type EpochMicros,
  type Placed
} from '../../src/index.js'
import { directory, type WireEvent } from '../pbx/index.js'

/** What goes into a correlator. */
export type Input =
  | { readonly in: 'event'; readonly event: CallEvent }
  | { readonly in: 'placed'; readonly placed: Placed }
  | { readonly in: 'tick'; readonly now: EpochMicros }

export const eventInput = (event: CallEvent): Input => ({ in: 'event', event })
export const placedInput = (placed: Placed): Input => ({ in: 'placed', placed })
export const tickInput = (now: EpochMicros): Input => ({ in: 'tick', now })

/** The events among what the PBX sent: what cannot be decoded, and what is none of ours, falls out. */
export const decoded = (wire: ReadonlyArray<WireEvent>): ReadonlyArray<CallEvent> =>
  wire.flatMap((fields) => {
    const read = decode(fields)
    return isRight(read) && read.right.kind !== 'ignored' ? [read.right] : []
  })

type Machine = ReturnType<typeof correlator>
type State = Machine['initial']

export const put = (machine: Machine, state: State, input: Input): readonly [State, ReadonlyArray<Change>] => {
  switch (input.in) {
    case 'event':
      return machine.step(state, input.event)
    case 'placed':
      return machine.placed(state, input.placed)
    case 'tick':
      return machine.tick(state, input.now)
  }
}

/** A run from a state on, not drained. */
export const runFrom = (machine: Machine, state: State, inputs: ReadonlyArray<Input>): readonly [State, ReadonlyArray<Change>] => {
  const changes: Array<Change> = []
  let now = state
  for (const input of inputs) {
    const [next, told] = put(machine, now, input)
    changes.push(...told)
    now = next
  }
  return [now, changes]
}

/** All changes of a run, the drain's included. */
export const drained = (config: Config, inputs: ReadonlyArray<Input>): ReadonlyArray<Change> => {
  const machine = correlator(config)
  const [state, changes] = runFrom(machine, machine.initial, inputs)
  return [...changes, ...machine.drain(state)[1]]
}

/** The ledger of a run is what its changes add up to: upsert, upsert, delete. */
export const ledgerOf = (changes: ReadonlyArray<Change>): ReadonlyArray<CallRecord> => {
  const records = new Map<string, CallRecord>()
  for (const change of changes) {
    if (change.change === 'registered' || change.change === 'revised') records.set(change.record.id, change.record)
    if (change.change === 'retracted') records.delete(change.previous.id)
  }
  return sortLedger(records.values())
}

/** The laws compare records without `because`. */
export const bare = (records: ReadonlyArray<CallRecord>): ReadonlyArray<CallRecord> => records.map((record) => ({ ...record, because: [] }))

const anomalyText = ({ callId, leg, kind, field, value, at }: Anomaly): string => JSON.stringify([callId, leg ?? '', kind, field ?? '', value ?? '', at])

/** The anomalies of a run but `late-event`, in an order of their own. */
export const anomaliesOf = (changes: ReadonlyArray<Change>): ReadonlyArray<string> =>
  changes
    .flatMap((change) => (change.change === 'anomaly' && change.anomaly.kind !== 'late-event' ? [anomalyText(change.anomaly)] : []))
    .sort()

export const anomalyTexts = (anomalies: ReadonlyArray<Anomaly>): ReadonlyArray<string> => anomalies.map(anomalyText).sort()

/** What a run comes to: the ledger and the anomalies. */
export const outcome = (config: Config, inputs: ReadonlyArray<Input>) => {
  const changes = drained(config, inputs)
  return { ledger: bare(ledgerOf(changes)), anomalies: anomaliesOf(changes) }
}

/** Any configuration; the retentions stay long enough that no call expires before its last event. */
export const configArb: fc.Arbitrary<Config> = fc
  .record({
    directory: fc.boolean(),
    missedRule: fc.constantFrom('never-accepted', 'last-hangup'),
    missedAtPhone: fc.boolean(),
    local: fc.boolean(),
    settle: fc.constantFrom(0, seconds(5), minutes(2)),
    ringTimeout: fc.constantFrom(seconds(1), minutes(3)),
    normalise: fc.boolean()
    // what is left out is the same for all: an option of its own kind is to be drawn
  } satisfies Record<Exclude<keyof Config, 'closedRetention' | 'openRetention' | 'maxLegs' | 'maxEvents' | 'maxCalls' | 'normaliseNumber'> | 'normalise', fc.Arbitrary<unknown>>)
  .map(({ directory: listed, normalise, ...rest }) => ({
    ...rest,
    closedRetention: hours(12),
    openRetention: hours(48),
    ...(listed ? { directory } : {}),
    ...(normalise ? { normaliseNumber: (number: string) => number.replace(/\D/g, '') } : {})
  }))

const { CALL_LEGS_RUNS = '1', CALL_LEGS_SEED, CALL_LEGS_PATH } = process.env

/**
 * How often a property is tried; more with CALL_LEGS_RUNS. With CALL_LEGS_SEED and CALL_LEGS_PATH, as a failure names them,
 * the same draws again.
 */
export const runs = (n: number): { readonly numRuns: number; readonly seed?: number; readonly path?: string } => ({
  numRuns: Math.max(1, Math.round(n * Number(CALL_LEGS_RUNS))),
  ...(CALL_LEGS_SEED === undefined ? {} : { seed: Number(CALL_LEGS_SEED) }),
  ...(CALL_LEGS_PATH === undefined ? {} : { path: CALL_LEGS_PATH })
})
