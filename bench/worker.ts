import { round, type Round } from './round.js'
import type { Prepared, Sizes } from './Subject.js'
import { subjects } from './subjects/index.js'

/** What a worker is asked. */
export type Request = { readonly ask: 'prepare'; readonly subject: string; readonly sizes: Sizes } | { readonly ask: 'round'; readonly sides: ReadonlyArray<string> | undefined }

/** What it answers. */
export type Answer =
  | { readonly answer: 'prepared'; readonly facts: Prepared['facts'] }
  | { readonly answer: 'round'; readonly round: Round }
  | { readonly answer: 'failed'; readonly message: string }

let prepared: Prepared | undefined

const reply = (request: Request): Answer => {
  switch (request.ask) {
    case 'prepare': {
      const subject = subjects[request.subject]
      if (subject === undefined) return { answer: 'failed', message: `no subject ${request.subject}` }
      prepared = subject(request.sizes)
      return { answer: 'prepared', facts: prepared.facts }
    }
    case 'round':
      if (prepared === undefined) return { answer: 'failed', message: 'nothing is prepared' }
      return { answer: 'round', round: round(prepared.sides.filter(({ name }) => request.sides?.includes(name) ?? true)) }
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
