import type { Hono } from 'hono'
import type { Bridge } from '../Bridge.js'
import type { Employees } from '../crm/employees.js'
import type { Outbox } from '../crm/Outbox.js'
import { readDeliveries } from '../store/crmTables.js'
import { numberOf } from './answers.js'
import type { Bindings } from './Bindings.js'

/** How the CRM is doing: what waits for it, and what somebody should know of records that are there. */
export const crm = (app: Hono<Bindings>, { database }: Bridge, outbox: (Outbox & { readonly employees: Employees }) | undefined): void => {
  app.get('/api/crm', async (c) => {
    if (outbox === undefined) return c.json({ crm: null })
    const away = outbox.away()
    return c.json({
      crm: outbox.crm,
      ...(away === undefined ? {} : { away }),
      ...(await readDeliveries(database, numberOf(c.req.query('limit'), 100, 1_000))),
      employeesWithoutUser: outbox.employees.unknown()
    })
  })
}
