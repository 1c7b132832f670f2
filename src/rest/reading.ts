import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import * as Json from 'fp-ts/lib/Json.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as t from 'io-ts'
import type { AccessError } from '../ports/AccessError.js'
import type { ApiAnswer } from './exchange.js'

const unreadable = (reason: string): AccessError => ({ kind: 'unreadable', reason })

/** The deepest place at which the answer is not as it should be, and what should be there; never what is there. */
const misfit = (errors: t.Errors): string => {
  const [first] = [...errors].sort((a, b) => b.context.length - a.context.length)
  const place = (first?.context ?? []).map(({ key }) => key).filter((key) => key !== '')
  const wanted = first?.context[first.context.length - 1]?.type.name ?? 'something else'
  return `${place.length === 0 ? 'the answer' : place.join('/')} is not ${wanted}`
}

/** Reads an answer as what its codec says; `what` it is, for the error. */
export const read =
  <A>(what: string, codec: t.Type<A, unknown, unknown>) =>
  ({ text }: Pick<ApiAnswer, 'text'>): Either<AccessError, A> =>
    pipe(
      Json.parse(text),
      E.mapLeft(() => unreadable(`${what}: not valid JSON`)),
      E.chain((json) =>
        pipe(
          codec.decode(json),
          E.mapLeft((errors) => unreadable(`${what}: ${misfit(errors)}`))
        )
      )
    )
