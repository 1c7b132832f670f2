import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Clock, Round } from './round.js'
import type { Sizes } from './Subject.js'
import type { Answer, Request } from './worker.js'

/** A process of its own, so that its heap and its compiled code are those of one subject alone. */
export interface Worker {
  readonly facts: Readonly<Record<string, number>>
  /** Each of these of its sides for so many milliseconds, at least once; all of them, if none is named. */
  readonly round: (clock: Clock, milliseconds: number, sides?: ReadonlyArray<string>) => Promise<Round>
  readonly end: () => void
}

/** Enough for a million open calls; nothing else of the runtime is changed. */
const FLAGS = ['--expose-gc', '--max-old-space-size=14336']

export const startWorker = async (subject: string, sizes: Sizes, sides: ReadonlyArray<string> = []): Promise<Worker> => {
  const child = fork(fileURLToPath(new URL('./worker.js', import.meta.url)), { execArgv: FLAGS })
  const ask = (request: Request): Promise<Exclude<Answer, { readonly answer: 'failed' }>> =>
    new Promise((resolve, reject) => {
      const died = (code: number | null, signal: string | null): void => {
        reject(new Error(`the process of ${subject} ended: ${code ?? signal ?? 'nobody knows why'}`))
      }
      child.once('exit', died)
      child.once('message', (answer: Answer) => {
        child.off('exit', died)
        if (answer.answer === 'failed') reject(new Error(`${subject}: ${answer.message}`))
        else resolve(answer)
      })
      child.send(request)
    })
  const prepared = await ask({ ask: 'prepare', subject, sizes, sides })
  return {
    facts: prepared.answer === 'prepared' ? prepared.facts : {},
    round: async (clock, milliseconds, some) => {
      const answer = await ask({ ask: 'round', sides: some, clock, milliseconds })
      return answer.answer === 'round' ? answer.round : {}
    },
    end: () => child.disconnect()
  }
}

/** How often and how long everything is measured. */
export interface Rounds {
  readonly clock: Clock
  /** So many milliseconds of each side before anything counts, for the compiler. */
  readonly warmUp: number
  readonly rounds: number
  /** At least so many milliseconds of each side in a round. */
  readonly each: number
}

/** Of each side of one worker all its rounds. */
export type Samples = Readonly<Record<string, ReadonlyArray<number>>>

/** So many rounds of all workers, in turn, so that what else the machine does falls on all of them alike. */
export const inTurn = async (
  workers: ReadonlyArray<Worker>,
  { clock, warmUp, rounds, each }: Rounds,
  sides?: ReadonlyArray<string>
): Promise<ReadonlyArray<Samples>> => {
  const kept = workers.map((): Record<string, Array<number>> => ({}))
  for (const worker of workers) await worker.round(clock, warmUp, sides)
  for (let n = 0; n < rounds; n++) {
    for (const [i, worker] of workers.entries()) {
      const samples = kept[i] ?? {}
      for (const [name, value] of Object.entries(await worker.round(clock, each, sides))) (samples[name] ??= []).push(value)
    }
  }
  return kept
}

/** The sides of a subject, each in a process of its own: none pays for what another leaves behind. */
export const besideEachOther = async (subject: string, sizes: Sizes, sides: ReadonlyArray<string>, rounds: Rounds) => {
  const workers = await Promise.all(sides.map((side) => startWorker(subject, sizes, [side])))
  const samples = await inTurn(workers, rounds)
  workers.forEach((worker) => worker.end())
  const all: Samples = Object.assign({}, ...samples)
  return { samples: all, facts: workers[0]?.facts ?? {} }
}
