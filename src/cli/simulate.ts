import type { Writable } from 'node:stream'
import { hours, type EpochMicros, type Micros } from '../index.js'
import { smallCompany } from '../testing/Company.js'
import { drawFrom } from '../testing/Draw.js'
import { inOrder, type Begun, type Sent } from '../testing/inOrder.js'
import { befallen } from '../testing/mishaps.js'
import { seeded } from '../testing/seeded.js'
import { seededCalls } from '../testing/seededCalls.js'
import { stories } from '../testing/stories.js'
import { LIVE } from '../testing/wire.js'
import type { SimulateCommand } from './Command.js'
import { ALL_READ, NOT_READ, type ExitStatus } from './ExitStatus.js'
import { sinkTo } from './Sink.js'

/** Nine in the morning in Moscow on Wednesday, 3 June 2026. */
const OPENS: EpochMicros = Date.UTC(2026, 5, 3, 6) * 1000

const WORKDAY = hours(9)

/** At night the company's clock stands still. */
const workingTime = (elapsed: Micros): EpochMicros => OPENS + Math.floor(elapsed / WORKDAY) * hours(24) + (elapsed % WORKDAY)

function* firstOf<A>(all: Iterable<A>, count: number): Generator<A> {
  let left = count
  if (left <= 0) return
  for (const one of all) {
    yield one
    if (--left <= 0) return
  }
}

/** The events as they come in. */
const simulated = (command: SimulateCommand): Iterable<Sent> => {
  const { calls, seed, days } = command
  const played: Iterable<Begun> = seededCalls({
    seed,
    company: smallCompany,
    stories,
    // what an extension is need not be known otherwise
    dialect: { ...LIVE, extType: true },
    startAt: workingTime,
    every: (days * WORKDAY) / Math.max(1, calls)
  })
  // dice of their own: what befalls the events changes none of the calls
  return befallen(inOrder(firstOf(played, calls)), command, drawFrom(seeded(seed ^ 0x5bd1_e995)))
}

/** `call-legs simulate`: the same command, the same bytes. */
export const simulate = async (command: SimulateCommand, output: Writable): Promise<ExitStatus> => {
  const stdout = sinkTo(output)
  for (const { event } of simulated(command)) {
    stdout.write(`${JSON.stringify(event)}\n`)
    const pressure = stdout.pressure()
    if (pressure !== undefined) await pressure
    if (stdout.failure() !== undefined) break
  }
  await stdout.end()
  const failure = stdout.failure()
  // the reader may leave early, as `head` does
  return failure === undefined || ('code' in failure && failure.code === 'EPIPE') ? ALL_READ : NOT_READ
}
