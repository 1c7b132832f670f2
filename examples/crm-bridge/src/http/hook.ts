import type { Hono } from 'hono'
import { portFrom } from 'call-legs'
import { route, routeOutcomeMessage } from 'call-legs/interactive'
import { webhook, webhookFailureMessage } from 'call-legs/webhook'
import type { Bridge } from '../Bridge.js'
import { numberKey } from '../call/numberKey.js'
import { clientsOf } from '../store/otherTables.js'
import type { Bindings } from './Bindings.js'

/** The address to which the PBX sends its events, and an IVR its question to whom a caller belongs. */
export const hook = (app: Hono<Bindings>, bridge: Bridge, { secret, ivrVariable }: { readonly secret?: string; readonly ivrVariable: string }): void => {
  const { log, reach } = bridge

  const interactive = route(
    portFrom(async ({ callerNumber }) => {
      const key = numberKey(callerNumber)
      return key === undefined ? undefined : (await clientsOf(bridge.database, [key])).get(key)?.extension
    }),
    { variable: ivrVariable }
  )

  const handle = webhook({
    ...(secret === undefined ? {} : { secret }),
    now: bridge.now,
    onEvent: bridge.takeEvent,
    onUndecodable: bridge.takeUndecodable,
    onIgnored: ({ eventType }) => log('debug', 'an event that says nothing about a call', { eventType }),
    interactive,
    onRouted: ({ outcome }) => {
      const known = outcome.kind === 'found' || outcome.kind === 'nobody'
      log(known ? 'debug' : 'warn', 'an IVR asked', { outcome: known ? outcome.kind : routeOutcomeMessage(outcome) })
    },
    // what the database has to say may quote a row
    onFailure: (failure) =>
      log('warn', 'a request was not taken', failure.kind === 'callback-failed' ? { status: failure.status, callback: failure.callback } : { why: webhookFailureMessage(failure) })
  })

  app.all('/hook', async (c) => {
    reach('received')
    c.env.outgoing.on('finish', () => reach('answered'))
    return handle(c.req.raw)
  })
}
