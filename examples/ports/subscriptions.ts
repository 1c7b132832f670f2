import assert from 'node:assert/strict'
import { accessErrorMessage, inMemorySubscriptions, outcome, subscriptionErrorMessage, type Extension } from 'call-legs'
import { subscribing, subscriptionPlan, subscriptionsOf } from 'call-legs/rest'

// over the vendor's API: restPorts({ baseUrl, clientId, clientSecret }).extensions and .subscriptions
const extensions: ReadonlyArray<Extension> = [{ id: '96857', name: '453*887', type: 'queue' }]
const subscriptions = inMemorySubscriptions([{ id: 'theirs', extensionId: '96857', event: 'hangup', url: 'https://other.example/hook' }])

const inStep = async (url: string): Promise<ReadonlyArray<string>> => {
  const rows = await outcome(subscriptionsOf(subscriptions)(extensions))
  if (!rows.ok) return [subscriptionErrorMessage(rows.error)]
  const plan = subscriptionPlan({ extensions, rows: rows.value, url })
  if (plan._tag === 'Left') return [accessErrorMessage(plan.left)]
  const told: Array<string> = []
  for await (const step of subscribing(subscriptions)(plan.right)) {
    told.push('error' in step ? `${step.step}: ${subscriptionErrorMessage(step.error)}` : `${step.step} ${step.row.event}`)
  }
  return told
}

assert.deepEqual(await inStep('https://crm.example/hook?secret=first'), ['added dial-in', 'added hangup'])
assert.deepEqual(await inStep('https://crm.example/hook?secret=first'), [])
assert.deepEqual(await inStep('https://crm.example/hook?secret=second'), ['added dial-in', 'removed dial-in', 'added hangup', 'removed hangup'])
assert.equal(subscriptions.rows().length, 3)
