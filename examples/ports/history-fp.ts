import assert from 'node:assert/strict'
import { completeFromHistory, inMemoryHistory, type HistoryPort, type IncompleteRecord, type LegRecord } from 'call-legs'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

/** The record as it should be, or as it is: the history may know no more. */
const completed =
  (history: HistoryPort) =>
  (record: IncompleteRecord): T.Task<LegRecord> =>
    pipe(
      history(record.callId),
      TE.chainEitherKW((call) => completeFromHistory(record, call)),
      TE.getOrElse((): T.Task<LegRecord> => T.of(record))
    )

const lost: IncompleteRecord = {
  v: 1,
  id: 'ab12/85219-ab12',
  kind: 'incomplete',
  direction: 'outgoing',
  successful: false,
  callId: 'ab12',
  subCallId: '85219-ab12',
  because: ['R-out', 'R-expiry']
}
const history = inMemoryHistory([
  { callId: 'ab12', legs: [{ extensionId: '85219', result: 'busy', hangup: 'callee_refuse', endedAt: 1_780_000_690_000_000 }] }
])
assert.deepEqual(await completed(history)(lost)(), {
  ...lost,
  kind: 'unsuccessful',
  cause: 'busy',
  status: 'BUSY',
  endedAt: 1_780_000_690_000_000
})
assert.equal(await completed(inMemoryHistory([]))(lost)(), lost)
