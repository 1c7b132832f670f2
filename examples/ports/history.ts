import assert from 'node:assert/strict'
import {
  completeFromHistory,
  completionErrorMessage,
  historyErrorMessage,
  inMemoryHistory,
  outcome,
  seconds,
  toSeconds,
  type IncompleteRecord,
  type LegRecord
} from 'call-legs'

// over the vendor's API: restPorts({ baseUrl, clientId, clientSecret }).history
const history = inMemoryHistory([
  {
    callId: 'ab12',
    legs: [
      {
        extensionId: '85219',
        direction: 'outgoing',
        result: 'answered',
        startedAt: 1_780_000_686_470_000,
        answeredAt: 1_780_000_700_000_000,
        endedAt: 1_780_000_724_000_000,
        duration: seconds(24), // the vendor says 24: the port has made microseconds of it
        recordingId: '85219-0F1E'
      }
    ]
  }
])

/** The record as it should be, or as it is: the history may know no more. */
const completed = async (record: IncompleteRecord): Promise<LegRecord> => {
  const call = await outcome(history(record.callId))
  if (!call.ok) {
    console.warn(historyErrorMessage(call.error))
    return record
  }
  const whole = completeFromHistory(record, call.value)
  if (whole._tag === 'Right') return whole.right
  console.warn(completionErrorMessage(whole.left))
  return record
}

const lost: IncompleteRecord = {
  v: 1,
  id: 'ab12/85219-ab12',
  kind: 'incomplete',
  direction: 'outgoing',
  successful: false,
  callId: 'ab12',
  subCallId: '85219-ab12',
  extension: '453*102',
  remoteNumber: '+79160000001',
  startedAt: 1_780_000_686_478_202,
  because: ['R-out', 'R-expiry']
}
const whole = await completed(lost)
assert.ok(whole.kind === 'answered')
assert.equal(whole.id, lost.id) // upsert by it: the whole record takes the place of the incomplete one
assert.equal(toSeconds(whole.talkTime ?? 0), 24)
assert.equal(whole.recordingId, '85219-0F1E')
