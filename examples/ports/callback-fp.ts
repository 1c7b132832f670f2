import assert from 'node:assert/strict'
import { clickToCall, clickToCallErrorMessage, inMemoryCallback } from 'call-legs'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

const click = clickToCall({
  callback: inMemoryCallback().port,
  extensions: [
    { id: '85219', name: '453*102', type: 'phone' },
    { id: '96857', name: '453*887', type: 'queue' }
  ],
  now: () => Date.now() * 1000
})

const said = (source: string): T.Task<string> =>
  pipe(
    click({ source, destination: '+79160000001' }, { deal: 42 }),
    TE.match(clickToCallErrorMessage, ({ callId }) => `the call ${callId} belongs to deal 42`)
  )

assert.deepEqual(await T.sequenceArray([said('453*102'), said('453*887')])(), [
  'the call 00000000000000000000000000000001 belongs to deal 42',
  '453*887 is a queue: it cannot be the source of a call'
])
