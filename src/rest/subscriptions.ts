import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { AccessError, InvalidRequest } from '../ports/AccessError.js'
import type { Subscription, SubscriptionError, Subscriptions } from '../ports/Subscriptions.js'
import { SubscriptionAnswer, SubscriptionsAnswer } from './answers.js'
import type { Client } from './client.js'
import { perhapsDone, type Failure } from './exchange.js'
import { secretsOf } from './hookAddress.js'
import { allPages } from './pages.js'
import { idInPath } from './path.js'
import { read } from './reading.js'

const pathOf = (extensionId: string): string => `/api/ver1.0/extension/${extensionId}/event/`

const inPath = (field: string, id: string): TE.TaskEither<InvalidRequest, string> => TE.fromEither(idInPath(field, id))

const rowOf = (extensionId: string, { id, event_type: event, url, method }: SubscriptionAnswer): Subscription => ({
  id,
  extensionId,
  event,
  url,
  ...(method === undefined ? {} : { method })
})

/** The limit of rows is documented without a status of its own: a refusal that speaks of one is taken for it. */
const OF_A_LIMIT = /\b(limit|maximum|exceed|quota|too many)|лимит|превы/i

const refusalOf = (error: AccessError): SubscriptionError =>
  error.kind === 'refused' && OF_A_LIMIT.test(error.reason) ? { kind: 'no-room', reason: error.reason } : error

const errorOf = ({ error, perhapsDone }: Failure): SubscriptionError => (perhapsDone ? { kind: 'perhaps-added', because: error } : refusalOf(error))

const addTo = (client: Client): Subscriptions['add'] => ({ extensionId, event, url, method }, { signal } = {}) =>
  pipe(
    inPath('extensionId', extensionId),
    TE.chainW((id) => async () => {
      const answer = await client(
        {
          method: 'POST',
          path: pathOf(id),
          body: { type: 'application/json', text: JSON.stringify({ event_type: event, url, method }) },
          secrets: secretsOf(url),
          repeatable: false
        },
        signal
      )
      if (E.isRight(answer) && answer.right.status === 404) return E.left<SubscriptionError>({ kind: 'unknown-extension', extensionId: id })
      return pipe(
        answer,
        E.chain((added) => pipe(read('the subscription', SubscriptionAnswer)(added), E.mapLeft(perhapsDone))),
        E.bimap(errorOf, (row) => rowOf(id, row))
      )
    })
  )

/**
 * The subscriptions: `GET` and `POST …/extension/{extension_id}/event/`, `DELETE` of one of them, which has no
 * slash at its end.
 */
export const subscriptionsPort = (client: Client): Subscriptions => {
  const listed = allPages(client)
  return {
    list: (extensionId, { signal } = {}) =>
      pipe(
        inPath('extensionId', extensionId),
        TE.chainW((id) => {
          const notThere: SubscriptionError = { kind: 'unknown-extension', extensionId: id }
          return () => listed({ what: 'the list of subscriptions', path: pathOf(id), codec: SubscriptionsAnswer, notThere }, signal)
        }),
        TE.map((rows) => rows.map((row) => rowOf(extensionId, row)))
      ),
    add: addTo(client),
    remove: (row, { signal } = {}) =>
      pipe(
        inPath('extensionId', row.extensionId),
        TE.chain((extensionId) => pipe(inPath('id', row.id), TE.map((id) => `${pathOf(extensionId)}${id}`))),
        TE.chainW((path) => () => client({ method: 'DELETE', path, repeatable: true }, signal).then(E.mapLeft(({ error }) => error))),
        TE.map(({ status }) => (status === 404 ? 'gone' : 'removed'))
      )
  }
}
