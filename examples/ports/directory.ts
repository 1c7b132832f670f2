import assert from 'node:assert/strict'
import { accessErrorMessage, correlator, directoryOf, inMemoryDirectory, outcome } from 'call-legs'

// over the vendor's API: restPorts({ baseUrl, clientId, clientSecret }).extensions
const extensions = inMemoryDirectory([
  { id: '85219', name: '453*102', type: 'phone' },
  { id: '96857', name: '453*887', type: 'queue' }
])

const listed = await outcome(extensions())
if (!listed.ok) throw new Error(accessErrorMessage(listed.error))
const directory = directoryOf(listed.value)
const { initial, records } = correlator({ directory })

assert.deepEqual(directory, { '453*102': 'phone', '85219': 'phone', '453*887': 'queue', '96857': 'queue' })
assert.deepEqual(records(initial), [])
