import type { Hono } from 'hono'
import { recordingErrorMessage, type RecordingError } from 'call-legs'
import type { Bridge } from '../Bridge.js'
import { explanationOf } from '../call/explanation.js'
import { numberKey } from '../call/numberKey.js'
import { clientNumber } from '../call/wholeCall.js'
import type { Pbx } from '../pbxAccess.js'
import { clientsOf, type Client } from '../store/otherTables.js'
import { readHistoryOf, readRecord, readRecords, type StoredRecord } from '../store/readTables.js'
import { numberOf, refuse } from './answers.js'
import type { Bindings } from './Bindings.js'
import { cursorOf, placeOf } from './cursor.js'

const withClient = (clients: ReadonlyMap<string, Client>) => ({ revision, record }: StoredRecord) => {
  const client = clients.get(numberKey(clientNumber(record)) ?? '')
  return { revision, record, ...(client === undefined ? {} : { client }) }
}

const statusOf = (error: RecordingError): 404 | 409 | 429 | 502 | 503 | 504 => {
  switch (error.kind) {
    case 'not-found':
      return 404
    case 'not-ready':
      return 409
    case 'rate-limited':
      return 429
    case 'timed-out':
      return 504
    case 'unavailable':
    case 'unreachable':
    case 'cancelled':
      return 503
    case 'misconfigured':
    case 'unauthorized':
    case 'refused':
    case 'unreadable':
    case 'invalid':
    case 'failed':
      return 502
  }
}

/** Records have ids with a slash in them, so what stands behind `/api/records/` is read by hand. */
const asked = (path: string): { readonly id: string; readonly recording: boolean } | undefined => {
  try {
    const rest = decodeURIComponent(path.slice('/api/records/'.length))
    const id = rest.replace(/\/recording$/, '')
    return id !== rest && id.includes('/') ? { id, recording: true } : { id: rest, recording: false }
  } catch {
    return undefined
  }
}

export const records = (app: Hono<Bindings>, bridge: Bridge, pbx: Pbx | undefined): void => {
  const { database } = bridge

  app.get('/api/records', async (c) => {
    const { limit, before, kind, number } = c.req.query()
    const place = placeOf(before)
    if (before !== undefined && place === undefined) return refuse(c, 400, 'before is not what "next" of a page said')
    const client = number === undefined ? undefined : (numberKey(number) ?? '')
    const page = await readRecords(database, {
      limit: numberOf(limit, 50, 500),
      ...(place === undefined ? {} : { before: place }),
      ...(kind === undefined || kind === '' ? {} : { kind }),
      ...(client === undefined ? {} : { client })
    })
    const clients = await clientsOf(database, page.records.map(({ record }) => clientNumber(record)))
    return c.json({
      records: page.records.map(withClient(clients)),
      ...(page.next === undefined ? {} : { next: cursorOf(page.next) })
    })
  })

  app.get('/api/records/*', async (c) => {
    const wanted = asked(c.req.path)
    const stored = wanted === undefined ? undefined : await readRecord(database, wanted.id)
    if (wanted === undefined || stored === undefined) return refuse(c, 404, 'there is no such record')
    const { record } = stored
    if (!wanted.recording) {
      const clients = await clientsOf(database, [clientNumber(record)])
      return c.json({
        ...withClient(clients)(stored),
        retracted: stored.retracted,
        history: await readHistoryOf(database, record.id),
        explanation: await explanationOf(bridge, record)
      })
    }
    if (pbx === undefined) return refuse(c, 503, 'no PBX is configured: set PBX_URL, PBX_CLIENT_ID and PBX_CLIENT_SECRET')
    if (record.kind === 'missed') return refuse(c, 404, 'nobody talked: there is no recording')
    const url = await pbx.recordingUrl(record)
    if (!url.ok) return refuse(c, statusOf(url.error), recordingErrorMessage(url.error))
    // a link of any other kind, `javascript:` say, would run in our page
    if (!/^https?:\/\//i.test(url.value)) return refuse(c, 502, 'the PBX answered with something that is no link')
    return c.req.query('format') === 'json' ? c.json({ url: url.value }) : c.redirect(url.value, 302)
  })
}
