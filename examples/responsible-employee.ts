/*
 * The caller goes to the employee who is responsible for him:
 *
 *   npx tsx examples/responsible-employee.ts
 *
 * An HTTP server answers the Call interactive rule of an IVR, as a PBX would ask it; here the questions come
 * from the example itself. A rule of the IVR behind it transfers the caller to ${responsible}, if it is set.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mergeFields, parseForm, portFrom, seconds } from 'call-legs'
import { route, routeOutcomeMessage } from 'call-legs/interactive'

/** The CRM: one client with a manager, one without, and one with whom it takes its time. */
const managers: Readonly<Record<string, string | undefined>> = { '+79160000001': '453*102', '+79160000003': '453*101' }
const lookUp = async (number: string | undefined): Promise<string | undefined> => {
  if (number === '+79160000003') await new Promise((resolve) => setTimeout(resolve, 500))
  return number === undefined ? undefined : managers[number]
}

const answer = route(
  portFrom(({ callerNumber }) => lookUp(callerNumber)),
  { variable: 'responsible', within: seconds(0.2) }
)

const server = createServer((request, response) => {
  void (async () => {
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += String(part)
    const query = new URL(request.url ?? '/', 'http://localhost').search
    const { xml, outcome, request: caller } = await answer(mergeFields(parseForm(query), parseForm(body)))()
    console.log(`${caller?.callerNumber ?? 'somebody'}: ${routeOutcomeMessage(outcome)}`)
    response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' }).end(xml)
  })()
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ivr`

for (const number of ['+79160000001', '+79160000002', '+79160000003']) {
  const asked = new URLSearchParams({ EventType: 'call_interactive', CallID: 'AB12', CallerIDNum: number, CallFlow: 'IN', CallStatus: 'ANSWER' })
  const answered = await fetch(url, { method: 'POST', body: asked })
  console.log(await answered.text())
}

server.close()
server.closeAllConnections()
