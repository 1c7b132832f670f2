import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Round } from './round.js'
import type { Sizes } from './Subject.js'
import type { Answer, Request } from './worker.js'

/** A process of its own, so that its heap and its compiled code are those of one subject alone. */
export interface Worker {
  readonly facts: Readonly<Record<string, number>>
  /** Each of these sides once; all of them, if none is named. */
  readonly round: (sides?: ReadonlyArray<string>) => Promise<Round>
  readonly end: () => void
}

/** Enough for a million open calls; nothing else of the runtime is changed. */
const FLAGS = ['--expose-gc', '--max-old-space-size=14336']

export const startWorker = async (subject: string, sizes: Sizes): Promise<Worker> => {
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
  const prepared = await ask({ ask: 'prepare', subject, sizes })
  return {
    facts: prepared.answer === 'prepared' ? prepared.facts : {},
    round: async (sides) => {
      const answer = await ask({ ask: 'round', sides })
      return answer.answer === 'round' ? answer.round : {}
    },
    end: () => child.disconnect()
  }
}

/** How often everything is measured; the rounds to warm up are not counted. */
export interface Rounds {
  readonly warmUp: number
  readonly rounds: number
}

/** Of each side of one worker all its rounds. */
export type Samples = Readonly<Record<string, ReadonlyArray<number>>>

/** So many rounds of all workers, in turn, so that what else the machine does falls on all of them alike. */
export const inTurn = async (
  workers: ReadonlyArray<Worker>,
  { warmUp, rounds }: Rounds,
  sides?: ReadonlyArray<string>
): Promise<ReadonlyArray<Samples>> => {
  const kept = workers.map((): Record<string, Array<number>> => ({}))
  for (let n = 0; n < warmUp + rounds; n++) {
    for (const [i, worker] of workers.entries()) {
      const measured = await worker.round(sides)
      const samples = kept[i]
      if (n < warmUp || samples === undefined) continue
      for (const [name, value] of Object.entries(measured)) (samples[name] ??= []).push(value)
    }
  }
  return kept
}
