/*
 * Click-to-call from end to end, against a stand-in for the vendor's API on this machine:
 *
 *   npx tsx examples/click-to-call.ts
 *
 * A click in the CRM places a call; the PBX rings the employee, then the client, and sends its events, as it
 * always does, to the webhook. The record that comes of them carries the deal of the click.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  clickToCall,
  clickToCallErrorMessage,
  correlator,
  directoryOf,
  mergeFields,
  minutes,
  outcome,
  parseForm,
  toSeconds,
  type CallRecord,
  type State,
  type Transition
} from 'call-legs'
import { restPorts } from 'call-legs/rest'
import { company } from '../test/vendor/company.js'
import { eventsOfPlaced } from '../test/vendor/events.js'
import { startVendor } from '../test/vendor/Vendor.js'

const vendor = await startVendor(company)
const pbx = restPorts({ baseUrl: vendor.url, clientId: vendor.clientId, clientSecret: vendor.clientSecret })
const now = (): number => Date.now() * 1000

// 1. the directory: which extension is what
const listed = await outcome(pbx.extensions())
if (!listed.ok) throw new Error(listed.error.kind)
const { initial, ingest, placed, tick } = correlator({ directory: directoryOf(listed.value) })
const ledger = new Map<string, CallRecord>()
let state = initial
const take = ([next, changes]: Transition<State>): void => {
  state = next
  for (const change of changes) {
    if (change.change === 'registered' || change.change === 'revised') ledger.set(change.record.id, change.record)
    else if (change.change === 'retracted') ledger.delete(change.previous.id)
    else console.error(change)
  }
}

// 2. the webhook, to which the PBX sends its events
const webhook = createServer((request, response) => {
  void (async () => {
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += String(part)
    const query = new URL(request.url ?? '/', 'http://localhost').search
    take(ingest(state, mergeFields(parseForm(query), parseForm(body)), now()))
    response.end()
  })()
})
await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve))
const hook = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/hook`

// 3. the click
const click = clickToCall({ callback: pbx.callback, extensions: listed.value, now })
const clicked = await outcome(click({ source: '453*102', destination: '+79160000001' }, { deal: 42 }))
if (!clicked.ok) throw new Error(clickToCallErrorMessage(clicked.error))
take(placed(state, clicked.value))
console.log(`placed: call ${clicked.value.callId} for deal 42`)

// 4. what the PBX does then: it rings, somebody talks, and each event is a request to the webhook
for (const asked of vendor.placed()) {
  for (const event of eventsOfPlaced(asked, { at: now() })) {
    await fetch(hook, { method: 'POST', body: new URLSearchParams(event) })
  }
}
take(tick(state, now() + minutes(5)))

// 5. the record
for (const record of ledger.values()) {
  if (record.kind === 'callback') {
    console.log(`talked: ${record.extension ?? '?'} with ${record.remoteNumber ?? '?'} for ${toSeconds(record.talkTime ?? 0)} s, ${JSON.stringify(record.context)}`)
  }
}

webhook.close()
webhook.closeAllConnections()
await vendor.close()
