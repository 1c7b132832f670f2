import assert from 'node:assert/strict'
import { callbackErrorMessage, callbackRequest, callbackRequestErrorMessage, inMemoryCallback, outcome, placedCall, type Placed } from 'call-legs'

// over the vendor's API: restPorts({ baseUrl, clientId, clientSecret }).callback
const { port: callback } = inMemoryCallback()
const build = callbackRequest([
  { id: '85219', name: '453*102', type: 'phone' },
  { id: '96857', name: '453*887', type: 'queue' }
])

const click = async (source: string, destination: string, deal: number): Promise<Placed | string> => {
  const request = build({ source, destination })
  if (request._tag === 'Left') return callbackRequestErrorMessage(request.left)
  const answer = await outcome(callback(request.right))
  return answer.ok ? placedCall(request.right, answer.value, Date.now() * 1000, { deal }) : callbackErrorMessage(answer.error)
}

const placed = await click('453*102', '+79160000001', 42)
assert.ok(typeof placed === 'object') // for correlator.placed(state, placed)
assert.deepEqual(placed.context, { deal: 42 })
assert.equal(await click('453*887', '+79160000001', 42), '453*887 is a queue: it cannot be the source of a call')
