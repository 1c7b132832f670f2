import assert from 'node:assert/strict'
import { inMemoryResponsible, seconds, type ResponsiblePort } from 'call-legs'
import { interactiveResponse, route } from 'call-legs/interactive'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

const inCrm: ResponsiblePort = inMemoryResponsible({ '+79160000001': '102' })

/** The CRM knows short numbers; the PBX wants them with the company's prefix. */
const inPbx: ResponsiblePort = (caller, options) =>
  pipe(
    inCrm(caller, options),
    TE.map((short) => (short === undefined ? undefined : `453*${short}`))
  )

const answer = route(inPbx, {
  variable: 'responsible',
  within: seconds(1.5),
  respond: (to) =>
    interactiveResponse(
      [{ action: 'SetCaller', name: 'Your client', number: '+79160000001' }],
      { action: 'SimpleTransfer', to, final: false, timeout: 20 }
    )
})

const { xml } = await answer('EventType=call_interactive&CallID=AB12&CallerIDNum=%2B79160000001')()
assert.equal(
  xml,
  '<?xml version="1.0" encoding="UTF-8"?><Response><SetCaller name="Your client" number="+79160000001"/>' +
    '<SimpleTransfer final="no" timeout="20">453*102</SimpleTransfer></Response>'
)
