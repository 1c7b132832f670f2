import assert from 'node:assert/strict'
import { portFrom } from 'call-legs'
import { route, routeOutcomeMessage } from 'call-legs/interactive'

/** What the CRM knows: a plain async function. It throws if the CRM is down; that becomes an outcome. */
const managerOf = (number: string | undefined): Promise<string | undefined> =>
  number === '+79160000009' ? Promise.reject(new Error('the CRM is down')) : Promise.resolve(number === '+79160000001' ? '453*102' : undefined)

const answer = route(
  portFrom(({ callerNumber }) => managerOf(callerNumber)),
  { variable: 'responsible' }
)

// an HTTP handler sends `xml` as text/xml, whatever the outcome, and logs the outcome
const asked = (number: string) => `EventType=call_interactive&CallID=AB12&CallerIDNum=${encodeURIComponent(number)}`
const { xml, outcome } = await answer(asked('+79160000001'))()
assert.equal(xml, '<?xml version="1.0" encoding="UTF-8"?><Response><SetVar name="responsible">453*102</SetVar></Response>')
assert.equal(routeOutcomeMessage(outcome), 'the caller goes to 453*102')

const failed = await answer(asked('+79160000009'))()
assert.equal(failed.xml, '<?xml version="1.0" encoding="UTF-8"?><Response/>')
assert.equal(routeOutcomeMessage(failed.outcome), 'normal greeting: the look-up failed: the CRM is down')
