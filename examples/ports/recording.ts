import assert from 'node:assert/strict'
import { failingPort, inMemoryHistory, inMemoryRecordings, outcome, recordingErrorMessage, recordingUrlOf, type LegRecord } from 'call-legs'

// over the vendor's API: restPorts({ baseUrl, clientId, clientSecret }).recordingUrlOf
const urlOf = recordingUrlOf({
  recordingUrl: inMemoryRecordings({ '85219-0F1E': 'https://pbx.example/85219-0F1E.mp3' }),
  history: inMemoryHistory([{ callId: 'ab12', legs: [{ extensionId: '85219', recordingId: '85219-0F1E' }] }]),
  now: () => Date.now() * 1000
})

/** When somebody clicks: listen. */
const listen = async (record: LegRecord): Promise<string> => {
  const url = await outcome(urlOf(record))
  if (url.ok) return url.value
  return url.error.kind === 'not-ready' ? 'in a minute' : recordingErrorMessage(url.error)
}

const talk: LegRecord = {
  v: 1,
  id: 'ab12/85219-ab12',
  kind: 'answered',
  direction: 'incoming',
  successful: true,
  callId: 'ab12',
  subCallId: '85219-ab12',
  endedAt: 1_780_000_750_238_219,
  because: ['R-in']
}
assert.equal(await listen({ ...talk, recordingId: '85219-0F1E' }), 'https://pbx.example/85219-0F1E.mp3')
assert.equal(await listen(talk), 'https://pbx.example/85219-0F1E.mp3') // no RecID: the history knows
assert.equal(await listen({ ...talk, recordingId: '85219-NONE' }), 'there is no recording: recording 85219-NONE')
assert.equal(await listen({ ...talk, endedAt: Date.now() * 1000, id: 'cd34/85219-cd34', callId: 'cd34' }), 'in a minute')

// what an application does when it may not listen, tried out without a PBX
const forbidden = failingPort({ kind: 'refused', reason: 'Access denied (status 403)' } as const)
assert.deepEqual(await outcome(forbidden({ recordingId: '85219-0F1E' })), {
  ok: false,
  error: { kind: 'refused', reason: 'Access denied (status 403)' }
})
