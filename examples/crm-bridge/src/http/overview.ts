import { ReadableStream } from 'node:stream/web'
import type { Hono } from 'hono'
import type { Bridge } from '../Bridge.js'
import type { Reconciler } from '../Reconciler.js'
import { readAnomalies, readChanges, readCounts, readLedger, readUndecodable } from '../store/readTables.js'
import { readLastRun } from '../store/reconciliationTable.js'
import { numberOf } from './answers.js'
import type { Bindings } from './Bindings.js'
import { ringing } from './ringing.js'

/** What can be asked of the bridge as a whole. */
export const overview = (app: Hono<Bindings>, bridge: Bridge, reconciler: Reconciler | undefined): void => {
  const { database } = bridge

  app.get('/api/health', async (c) => {
    const now = bridge.now()
    try {
      const { calls, open, due, oldest_due } = await readCounts(database, now)
      return c.json({ database: 'there', kind: database.name, calls, open, due, oldestDue: oldest_due, now, holding: bridge.holding() })
    } catch {
      return c.json({ database: 'away', kind: database.name, now, holding: bridge.holding() }, 503)
    }
  })

  app.get('/api/ringing', async (c) => c.json(await ringing(bridge)))

  app.get('/api/changes', async (c) => {
    const after = numberOf(c.req.query('after'), 0, Number.MAX_SAFE_INTEGER)
    const changes = await readChanges(database, after, numberOf(c.req.query('limit'), 500, 5_000))
    return c.json({ changes, last: changes.at(-1)?.seq ?? after })
  })

  app.get('/api/ledger', () => {
    const pages = readLedger(database)
    const encoder = new TextEncoder()
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const page = await pages.next()
        if (page.done === true) controller.close()
        else controller.enqueue(encoder.encode(page.value))
      }
    })
    return new Response(body, { headers: { 'content-type': 'application/x-ndjson; charset=utf-8' } })
  })

  app.get('/api/reconciliation', async (c) =>
    c.json({ on: reconciler !== undefined, running: reconciler?.running() === true, last: (await readLastRun(database)) ?? null })
  )
  app.get('/api/anomalies', async (c) => c.json({ anomalies: await readAnomalies(database, numberOf(c.req.query('limit'), 100, 1_000)) }))
  app.get('/api/undecodable', async (c) => c.json({ undecodable: await readUndecodable(database, numberOf(c.req.query('limit'), 100, 1_000)) }))
}
