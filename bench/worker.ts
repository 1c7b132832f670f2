import { round, type Clock, type Round } from './round.js'
import type { Side } from './Side.js'
import type { Prepared, Sizes } from './Subject.js'
import { subjects } from './subjects/index.js'

/** What a worker is asked. */
export type Request =
  | { readonly ask: 'prepare'; readonly subject: string; readonly sizes: Sizes; readonly sides: ReadonlyArray<string> }
  | { readonly ask: 'round'; readonly sides: ReadonlyArray<string> | undefined; readonly clock: Clock; readonly milliseconds: number }

/** What it answers. */
export type Answer =
  | { readonly answer: 'prepared'; readonly facts: Prepared['facts'] }
  | { readonly answer: 'round'; readonly round: Round }
  | { readonly answer: 'failed'; readonly message: string }

interface Ready {
  readonly sides: Readonly<Record<string, Side>>
  readonly clock: Clock | undefined
}

let ready: Ready | undefined

const only = <A>(all: Readonly<Record<string, A>>, names: ReadonlyArray<string>): Readonly<Record<string, A>> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))

const reply = (request: Request): Answer => {
  switch (request.ask) {
    case 'prepare': {
      const subject = subjects[request.subject]
      if (subject === undefined) return { answer: 'failed', message: `no subject ${request.subject}` }
      const { sides, facts, clock } = subject(request.sizes)
      const asked = Object.entries(only(sides, request.sides)).map(([name, make]): [string, Side] => [name, make()])
      ready = { sides: Object.fromEntries(asked), clock }
      return { answer: 'prepared', facts }
    }
    case 'round': {
      if (ready === undefined) return { answer: 'failed', message: 'nothing is prepared' }
      const sides = request.sides === undefined ? ready.sides : only(ready.sides, request.sides)
      return { answer: 'round', round: round(sides, ready.clock ?? request.clock, request.milliseconds) }
    }
  }
}

process.on('message', (request: Request) => {
  let answer: Answer
  try {
    answer = reply(request)
  } catch (error) {
    answer = { answer: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  process.send?.(answer)
})
