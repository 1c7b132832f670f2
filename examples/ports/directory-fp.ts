import assert from 'node:assert/strict'
import { correlator, directoryOf, inMemoryDirectory } from 'call-legs'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

const started = pipe(
  inMemoryDirectory([{ id: '96857', name: '453*887', type: 'queue' }])(),
  TE.map((extensions) => correlator({ directory: directoryOf(extensions) }))
)

const reducer = await started()
assert.ok(reducer._tag === 'Right')
assert.deepEqual(reducer.right.records(reducer.right.initial), [])
