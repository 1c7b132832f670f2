import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { LegRecord } from '../record/CallRecord.js'
import type { HistoryPort } from '../ports/History.js'
import type { Port } from '../ports/Port.js'
import {
  missingRecording,
  recordingUrlOf,
  type RecordingError,
  type RecordingQuery,
  type RecordingUrlPort
} from '../ports/Recording.js'
import { StorageUrlAnswer } from './answers.js'
import type { Client } from './client.js'
import type { ApiAnswer } from './exchange.js'
import { idInPath } from './path.js'
import { read } from './reading.js'
import type { RestSettings } from './RestOptions.js'
import { retrying } from './retrying.js'

const NOT_FOUND = 404
/** The PBX found the recording and has no file yet, or has not begun to make one. The vendor documents 404 alone. */
const NO_CONTENT: ReadonlySet<number> = new Set([202, 204])

const urlIn = ({ now, readyWithin }: RestSettings, { recordingId, endedAt }: RecordingQuery, answer: ApiAnswer): Either<RecordingError, string> => {
  const reason = `recording ${recordingId}`
  if (answer.status === NOT_FOUND) return E.left(missingRecording(reason, endedAt, now(), readyWithin))
  if (NO_CONTENT.has(answer.status)) return E.left({ kind: 'not-ready', reason })
  return pipe(
    read('the place of the recording', StorageUrlAnswer)(answer),
    E.chainW(({ record_url }) =>
      record_url === undefined || record_url === '' ? E.left<RecordingError>({ kind: 'not-ready', reason }) : E.right(record_url)
    )
  )
}

/** One look for a recording: `GET …/record/{record_uuid}/storage_url/`. */
const lookOnce =
  (client: Client, settings: RestSettings): RecordingUrlPort =>
  (query, { signal } = {}) =>
    pipe(
      TE.fromEither<RecordingError, string>(idInPath('recordingId', query.recordingId)),
      TE.chain((id) => async () => {
        const answer = await client(
          { method: 'GET', path: `/api/ver1.0/client/${settings.client}/record/${id}/storage_url/`, repeatable: true },
          signal
        )
        return E.isLeft(answer) ? E.left(answer.left.error) : urlIn(settings, query, answer.right)
      })
    )

/** Recordings by their id, and by the record of the leg, both tried again while they are not ready. */
export interface RecordingAccess {
  /** The link of a recording, by its id. */
  readonly recordingUrl: RecordingUrlPort
  /** The link of the recording of a talk; the history helps where its id is not known. */
  readonly recordingUrlOf: Port<LegRecord, RecordingError, string>
}

export const recordingAccess = (client: Client, settings: RestSettings, history: HistoryPort): RecordingAccess => {
  const again = retrying<RecordingError>(settings.readyRetry, ({ kind }) => kind === 'not-ready', { kind: 'cancelled' })
  const untilReady =
    <Input>(port: Port<Input, RecordingError, string>): Port<Input, RecordingError, string> =>
    (input, options) =>
    () =>
      again(port(input, options), options?.signal)
  const { now, readyWithin } = settings
  const once = lookOnce(client, settings)
  return {
    recordingUrl: untilReady(once),
    recordingUrlOf: untilReady(recordingUrlOf({ recordingUrl: once, history, now, readyWithin }))
  }
}
