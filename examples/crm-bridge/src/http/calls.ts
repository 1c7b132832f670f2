import { setTimeout as sleep } from 'node:timers/promises'
import type { Hono } from 'hono'
import { clickToCallErrorMessage, Json, type ClickToCallError, type Placed } from 'call-legs'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Bridge } from '../Bridge.js'
import type { Pbx } from '../pbxAccess.js'
import { jsonBody, refuse } from './answers.js'
import type { Bindings } from './Bindings.js'

const Click = t.intersection([t.type({ source: t.string, destination: t.string }), t.partial({ context: Json })])

/** For how long, in milliseconds, the word that a call was placed is tried to be stored while the database is away. */
const REMEMBERED = 600_000

const statusOf = (error: ClickToCallError): 422 | 429 | 502 | 503 | 504 => {
  switch (error.kind) {
    case 'not-a-phone':
    case 'no-extension':
    case 'unknown-extension':
    case 'invalid':
      return 422
    case 'rate-limited':
      return 429
    case 'timed-out':
    case 'perhaps-placed':
      return 504
    case 'unreachable':
    case 'unavailable':
    case 'cancelled':
      return 503
    case 'misconfigured':
    case 'unauthorized':
    case 'refused':
    case 'unreadable':
    case 'failed':
      return 502
  }
}

/** Click-to-call. */
export const calls = (app: Hono<Bindings>, bridge: Bridge, pbx: Pbx | undefined): void => {
  /**
   * The call is under way, its first events may be here before this is stored: they and this word meet in the call's
   * own transactions, in whatever order. The database may just be away: then it is told as soon as it is there.
   */
  const remember = async (placed: Placed): Promise<void> => {
    for (const until = performance.now() + REMEMBERED; performance.now() < until; await sleep(1_000, undefined, { ref: false })) {
      const stored = await bridge.takePlaced(placed).catch(() => undefined)
      if (stored !== undefined) return
    }
    bridge.log('error', 'that a call was placed could not be stored', { callId: placed.callId })
  }

  app.post('/api/calls', async (c) => {
    if (pbx === undefined) return refuse(c, 503, 'no PBX is configured: set PBX_URL, PBX_CLIENT_ID and PBX_CLIENT_SECRET')
    const body = await jsonBody(c)
    if ('wrong' in body) return body.wrong
    const click = Click.decode(body.json)
    if (isLeft(click)) return refuse(c, 422, 'the body is no { source, destination, context? }')
    const { source, destination, context } = click.right
    const placed = await pbx.place({ source, destination }, context)
    if (!placed.ok) return refuse(c, statusOf(placed.error), clickToCallErrorMessage(placed.error))
    try {
      await bridge.takePlaced(placed.value)
    } catch {
      void remember(placed.value)
    }
    return c.json({ callId: placed.value.callId.toLowerCase() }, 201)
  })
}
