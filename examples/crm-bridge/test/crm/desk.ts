import type { Crm, Delivered, Memory, Wanted } from '../../src/crm/Crm.js'
import { employees, type Employees } from '../../src/crm/employees.js'

/** What an outbox does around a sender, without a database and without waits. */
export interface Desk {
  /** One attempt. */
  readonly attempt: (wanted: Wanted) => Promise<Delivered>
  /** As many as it takes, ten at most; answers them all. */
  readonly deliver: (wanted: Wanted) => Promise<ReadonlyArray<Delivered>>
  readonly memory: (id: string) => Memory
  /** As after a crash: an attempt had begun, and what came of it was not written. */
  readonly crash: (wanted: Wanted) => Promise<void>
}

interface Row {
  readonly sent?: Wanted
  readonly memory: Memory
  readonly doubt: boolean
}

export const desk = (crm: Crm, timeout = 400): Desk => {
  const rows = new Map<string, Row>()
  const rowOf = (id: string): Row => rows.get(id) ?? { memory: {}, doubt: false }

  const attempt = async (wanted: Wanted, keep = true): Promise<Delivered> => {
    const { id } = wanted.record
    const { sent, memory, doubt } = rowOf(id)
    const outcome = await crm.deliver(wanted, {
      ...(sent === undefined ? {} : { sent }),
      memory,
      doubt,
      remember: (kept) => {
        rows.set(id, { ...rowOf(id), memory: kept })
        return Promise.resolve()
      },
      signal: AbortSignal.timeout(timeout)
    })
    if (keep && outcome.kind === 'done') rows.set(id, { sent: wanted, memory: outcome.memory, doubt: false })
    else rows.set(id, { ...rowOf(id), doubt: doubt || !keep || (outcome.kind !== 'done' && !outcome.sure) })
    return outcome
  }

  return {
    attempt: (wanted) => attempt(wanted),
    memory: (id) => rowOf(id).memory,
    crash: async (wanted) => {
      await attempt(wanted, false)
    },
    deliver: async (wanted) => {
      const outcomes: Array<Delivered> = []
      while (outcomes.length < 10 && outcomes.at(-1)?.kind !== 'done') outcomes.push(await attempt(wanted))
      return outcomes
    }
  }
}

/** Extension 453*101 is user 11; whoever is nobody's is user 99's. */
export const staff = (users: Readonly<Record<string, string>> = { '453*101': '11' }, log: Array<string> = []): Employees =>
  employees(users, '99', (_, what, facts) => log.push(`${what} ${JSON.stringify(facts)}`))
