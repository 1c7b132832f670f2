import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { toSeconds } from '../event/time.js'
import { dialled, invalid } from '../ports/sendable.js'
import type { CallbackAnswer, CallbackError, CallbackPort, CallbackRequest } from '../ports/Callback.js'
import { PlacedAnswer } from './answers.js'
import type { Client } from './client.js'
import { perhapsDone, type Failure } from './exchange.js'
import { idInPath } from './path.js'
import { read } from './reading.js'

/** The request in the vendor's words. What is absent is not sent. */
const bodyOf = (request: CallbackRequest): string =>
  JSON.stringify({
    src_num: request.sources,
    dst_num: request.destination,
    allow_public_transfer: request.allowPublicTransfer,
    announce_sound_id: request.announceSoundId,
    dst_announce_sound_id: request.destinationAnnounceSoundId,
    call_duration: request.maxDuration === undefined ? undefined : Math.round(toSeconds(request.maxDuration)),
    caller_id_name: request.callerName,
    caller_id_number: request.callerNumber,
    src_ani: request.sourceAni,
    dst_ani: request.destinationAni,
    dst_dtmf: request.destinationTones,
    src_caller_id_name: request.sourceCallerName,
    src_caller_id_number: request.sourceCallerNumber
  })

/** What the request says, whoever built it, must be something that can be dialled. */
const checked = (request: CallbackRequest): E.Either<CallbackError, string> => {
  if (!Array.isArray(request.sources) || request.sources.length === 0) return E.left(invalid('sources', request.sources, 'names nobody'))
  for (const source of request.sources) {
    const reason = dialled(source)
    if (reason !== undefined) return E.left(invalid('sources', source, reason))
  }
  const reason = dialled(request.destination)
  return reason === undefined ? idInPath('extensionId', request.extensionId) : E.left(invalid('destination', request.destination, reason))
}

const errorOf = ({ error, perhapsDone }: Failure): CallbackError => (perhapsDone ? { kind: 'perhaps-placed', because: error } : error)

/** Click-to-call: `POST /api/ver1.0/extension/{extension_id}/callback/`. It is never sent a second time, unless it was refused. */
export const callbackPort =
  (client: Client): CallbackPort =>
  (request, { signal } = {}) =>
    pipe(
      TE.fromEither(checked(request)),
      TE.chain((id) => async () => {
        const answer = await client(
          {
            method: 'POST',
            path: `/api/ver1.0/extension/${id}/callback/`,
            body: { type: 'application/json', text: bodyOf(request) },
            repeatable: false
          },
          signal
        )
        if (E.isRight(answer) && answer.right.status === 404) {
          return E.left<CallbackError>({ kind: 'unknown-extension', extension: request.extensionId })
        }
        return pipe(
          answer,
          E.chain((placed) => pipe(read('the placed call', PlacedAnswer)(placed), E.mapLeft(perhapsDone))),
          E.map(
            ({ call_id, call_api_id }): CallbackAnswer => ({
              callId: call_id.toLowerCase(),
              ...(call_api_id === undefined ? {} : { callApiId: call_api_id })
            })
          ),
          E.mapLeft(errorOf)
        )
      })
    )
