import assert from 'node:assert/strict'
import { inMemoryRecordings, recordingErrorMessage, type RecordingUrlPort } from 'call-legs'
import { pipe } from 'fp-ts/lib/function.js'
import type * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

const link = (recordingId: string): RTE.ReaderTaskEither<RecordingUrlPort, string, string> =>
  (port) =>
    pipe(
      port({ recordingId }),
      TE.map((url) => `<a href="${url}">listen</a>`),
      TE.mapLeft(recordingErrorMessage)
    )

const port = inMemoryRecordings({ '85219-0F1E': 'https://pbx.example/85219-0F1E.mp3' })
assert.deepEqual(await link('85219-0F1E')(port)(), { _tag: 'Right', right: '<a href="https://pbx.example/85219-0F1E.mp3">listen</a>' })
assert.deepEqual(await link('85219-NONE')(port)(), { _tag: 'Left', left: 'there is no recording: recording 85219-NONE' })
