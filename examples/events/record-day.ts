/**
 * Records one working day of the simulated company of `test/pbx`: some eighty calls, and the events in the order in
 * which a PBX would send them.
 *
 *     npx tsx examples/events/record-day.ts
 *
 * writes `examples/events/day.ndjson` (a JSON object a line), `examples/events/day.form` (the same events, each as the
 * form that the PBX posts) and `examples/directory.json` (which extension is what). Every run writes the same bytes.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import {
  directory, flows, interleave, movedTo, timeOf, toForm, toJson, type Circumstances, type Flow, type PlayedCall, type WireEvent
} from '../../test/pbx/index.js'
import { seconds, type EpochMicros } from '../../src/event/time.js'

const seed = 20260603

/** Wednesday, 3 June 2026, midnight in Moscow, which is three hours ahead of UTC all year. */
const midnight: EpochMicros = Date.UTC(2026, 5, 2, 21) * 1000

const clock = (hour: number, minute: number): EpochMicros => midnight + seconds((hour * 60 + minute) * 60)

/** How many calls come in each hour. The first employee is there at 8:55, and by 18:10 everybody has hung up. */
const callsOfHour: ReadonlyArray<readonly [hour: number, calls: number]> = [
  [9, 6], [10, 14], [11, 13], [12, 6], [13, 4], [14, 13], [15, 12], [16, 6], [17, 4]
]

const firstCallAt = clock(8, 55) + seconds(17.204518)
const lastCallAt = clock(18, 4) + seconds(41.730966)
const closesAt = clock(18, 10)

/** One company has one installation of the PBX: here it sends `RecID` now and then, and nothing but what was seen live. */
const here: Circumstances = {
  dialect: fc.record({
    duration: fc.constant(true),
    drift: fc.integer({ min: 0, max: 90_000 }),
    recordings: fc.boolean(),
    callApiId: fc.constant(true),
    capitals: fc.constant(false),
    extType: fc.constant(false),
    remoteEverywhere: fc.constant(false),
    didAsCalledNumber: fc.constant(false)
  }),
  moments: fc.array(fc.integer({ min: 8_000, max: 700_000 }), { minLength: 4, maxLength: 6 })
}

/** So many values, the same in each run, without the extremes that tests want. */
const drawn = <A>(arbitrary: fc.Arbitrary<A>, turn: number, count = 1): ReadonlyArray<A> =>
  fc.sample(fc.noBias(arbitrary), { seed: seed + turn, numRuns: count })

const startTimes = (): ReadonlyArray<EpochMicros> => [
  firstCallAt,
  lastCallAt,
  ...callsOfHour.flatMap(([hour, calls]) =>
    drawn(fc.integer({ min: 0, max: seconds(3500) }), hour, calls).map((after) => clock(hour, 0) + after))
].sort((a, b) => a - b)

/** Every flow once, the everyday ones more often, and all that shuffled. */
const plannedFlows = (calls: number): ReadonlyArray<Flow> => {
  // the recording stays as it is: ways to play a call that came later are not in it
  const ways = flows.filter(({ name }) => !name.endsWith('by a code'))
  const everyday = fc.constantFrom(...ways.filter(({ weight }) => weight > 3))
  const all = [...ways, ...drawn(everyday, 1, calls - ways.length)]
  const keys = drawn(fc.nat(), 2, all.length)
  return all.map((flow, i) => ({ flow, key: keys[i] ?? 0 })).sort((a, b) => a.key - b.key).map(({ flow }) => flow)
}

interface Busy {
  readonly extension: string
  readonly from: EpochMicros
  readonly to: EpochMicros
}

/** When which phone is busy with a call; an IVR and a queue take many calls at once. */
const busyIn = ({ events }: PlayedCall): ReadonlyArray<Busy> => {
  const of = new Map<string, Busy>()
  events.forEach((event) => {
    const at = timeOf(event)
    const extension = /^85\d+/.exec(event['SubCallID'] ?? '')?.[0]
    if (at !== undefined && extension !== undefined) of.set(extension, { extension, from: of.get(extension)?.from ?? at, to: at })
  })
  return [...of.values()]
}

const clash = (a: Busy, b: Busy): boolean => a.extension === b.extension && a.from <= b.to && b.from <= a.to

const lastMoment = ({ events }: PlayedCall): EpochMicros => Math.max(...events.map((event) => timeOf(event) ?? 0))

/** Nobody is on two calls at once: of many calls of the flow the first for which the phones are free. */
const believable = (flow: Flow, start: EpochMicros, turn: number, busy: ReadonlyArray<Busy>): PlayedCall => {
  const candidates = drawn(flow.calls(here), turn, 60).map((call) => movedTo(call, start))
  const free = candidates.find((call) =>
    lastMoment(call) < closesAt && !busyIn(call).some((mine) => busy.some((other) => clash(mine, other))))
  return free ?? believable(flow, start + seconds(40), turn + 1000, busy)
}

const playDay = (): ReadonlyArray<PlayedCall> => {
  const starts = startTimes()
  const plan = plannedFlows(starts.length)
  return starts.reduce<ReadonlyArray<PlayedCall>>((calls, start, i) => {
    const flow = plan[i]
    return flow === undefined ? calls : [...calls, believable(flow, start, 100 + i, calls.flatMap(busyIn))]
  }, [])
}

/** A real PBX sends some events late, and some once more: here each of these positions, moved back by so many places. */
const delays: ReadonlyArray<readonly [position: number, places: number, repeated: boolean]> = [
  [37, 2, false], [90, 5, true], [151, 1, false], [203, 3, true], [266, 9, false], [310, 1, true], [348, 4, false]
]

const asSent = (events: ReadonlyArray<WireEvent>): ReadonlyArray<WireEvent> =>
  delays.reduce<ReadonlyArray<WireEvent>>((sent, [position, places, repeated]) => {
    const event = sent[position]
    if (event === undefined) return sent
    const rest = repeated ? sent : sent.filter((_, i) => i !== position)
    return [...rest.slice(0, position + places), event, ...rest.slice(position + places)]
  }, events)

/** What the recording consists of: the contents of the files, by their names beside this one. */
export const recordDay = (): { readonly calls: ReadonlyArray<PlayedCall>; readonly files: Readonly<Record<string, string>> } => {
  const { calls, events } = interleave(playDay())
  const lines = asSent(events)
  return {
    calls,
    files: {
      'day.ndjson': lines.map((event) => `${toJson(event)}\n`).join(''),
      'day.form': lines.map((event) => `${toForm(event)}\n`).join(''),
      '../directory.json': `${JSON.stringify(directory, null, 2)}\n`
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { calls, files } = recordDay()
  Object.entries(files).forEach(([name, content]) => writeFileSync(new URL(name, import.meta.url), content))
  console.log(`recorded ${calls.length} calls`)
}
