import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Hono } from 'hono'
import { recordingErrorMessage } from 'call-legs'
import type { Pbx } from '../pbxAccess.js'
import type { Database } from '../store/Database.js'
import { readRecord } from '../store/readTables.js'
import { refuse } from './answers.js'
import type { Bindings } from './Bindings.js'

const signature = (token: string, id: string): Buffer => createHmac('sha256', token).update(`recording ${id}`).digest()

/**
 * A link to one recording for somebody who cannot show the token: a CRM, or its page in a browser. It is signed with
 * the token, opens nothing else, and ends with the token. What it leads to is resolved when it is followed, since the
 * PBX's own links do not last.
 */
export const recordingLink =
  (base: string, token: string) =>
  (id: string): string =>
    `${base}/recordings/${Buffer.from(id, 'utf8').toString('base64url')}/${signature(token, id).toString('base64url')}`

/** Follows such links. It stands above the guards: the page of a CRM is another site. */
export const recordingLinks = (app: Hono<Bindings>, database: Database, pbx: Pbx, token: string): void => {
  app.get('/recordings/:id/:signature', async (c) => {
    const id = Buffer.from(c.req.param('id'), 'base64url').toString('utf8')
    const [given, own] = [Buffer.from(c.req.param('signature'), 'base64url'), signature(token, id)]
    if (given.length !== own.length || !timingSafeEqual(given, own)) return refuse(c, 403, 'this is no link of the bridge, or its token is another now')
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    const stored = await readRecord(database, id)
    if (stored === undefined || stored.retracted || stored.record.kind === 'missed') return refuse(c, 404, 'there is no such recording')
    const url = await pbx.recordingUrl(stored.record)
    if (!url.ok) return refuse(c, url.error.kind === 'not-found' ? 404 : 503, recordingErrorMessage(url.error))
    return /^https?:\/\//i.test(url.value) ? c.redirect(url.value, 302) : refuse(c, 502, 'the PBX answered with something that is no link')
  })
}
