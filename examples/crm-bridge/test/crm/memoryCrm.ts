import type { Crm, Delivered, Known, Wanted } from '../../src/crm/Crm.js'

/** A CRM in memory: what it has, and how often it was asked to take each record. */
export interface MemoryCrm extends Crm {
  readonly has: Map<string, Wanted>
  readonly asked: Array<readonly [id: string, revision: number, doubt: boolean]>
  /** Each is what becomes of one attempt, in this order; then it behaves. */
  readonly misbehave: (...how: ReadonlyArray<(wanted: Wanted, known: Known) => Promise<Delivered> | Delivered>) => void
}

export const memoryCrm = (url = 'https://crm.example'): MemoryCrm => {
  const has = new Map<string, Wanted>()
  const asked: Array<readonly [string, number, boolean]> = []
  const planned: Array<(wanted: Wanted, known: Known) => Promise<Delivered> | Delivered> = []
  return {
    name: 'hubspot',
    url,
    has,
    asked,
    misbehave: (...how) => planned.push(...how),
    deliver: async (wanted, known) => {
      asked.push([wanted.record.id, wanted.revision, known.doubt])
      const how = planned.shift()
      if (how !== undefined) return how(wanted, known)
      has.set(wanted.record.id, wanted)
      return { kind: 'done', memory: { ...known.memory, at: wanted.record.id } }
    }
  }
}
