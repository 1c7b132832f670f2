import type { Hono } from 'hono'
import type { Bridge } from '../Bridge.js'
import type { Employees } from '../crm/employees.js'
import type { Outbox } from '../crm/Outbox.js'
import { readDeliveries } from '../store/crmTables.js'
import { numberOf } from './answers.js'
import type { Bindings } from './Bindings.js'

/** What `GET /api/crm` answers; `crm` is null, if there is none. */
export interface CrmTold {
  readonly crm: string | null
  /** Why the CRM takes nothing now. */
  readonly away?: string
  /** So many calls wait for it. */
  readonly waiting?: number
  /** For how many milliseconds the first of them has been due. */
  readonly overdue?: number
  readonly records?: ReadonlyArray<{ readonly record: string; readonly waiting: boolean; readonly tries: number; readonly said: string }>
  readonly employeesWithoutUser?: ReadonlyArray<string>
}

/** How the CRM is doing: what waits for it, and what somebody should know of records that are there. */
export const crm = (app: Hono<Bindings>, { database }: Bridge, outbox: (Outbox & { readonly employees: Employees }) | undefined): void => {
  app.get('/api/crm', async (c) => {
    if (outbox === undefined) return c.json<CrmTold>({ crm: null })
    const away = outbox.away()
    return c.json<CrmTold>({
      crm: outbox.crm,
      ...(away === undefined ? {} : { away }),
      ...(await readDeliveries(database, numberOf(c.req.query('limit'), 100, 1_000))),
      employeesWithoutUser: outbox.employees.unknown()
    })
  })
}
