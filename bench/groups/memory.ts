import type { Figure } from '../Figure.js'
import type { Group } from '../Group.js'
import { startWorker } from '../Workers.js'

const KIB = 1024

const FIGURES: ReadonlyArray<{ readonly fact: string; readonly name: string; readonly target?: number }> = [
  { fact: 'open', name: 'an open call of two legs', target: 2 * KIB },
  { fact: 'closed', name: 'a closed call of two legs that is still held', target: 2 * KIB },
  { fact: 'everyday', name: 'a closed everyday call, of more legs, that is still held' },
  { fact: 'gone', name: 'a call that was let go, its CallID kept' },
  { fact: 'openEncoded', name: 'an open call of two legs, encoded' },
  { fact: 'closedEncoded', name: 'a closed call of two legs, encoded' },
  { fact: 'goneEncoded', name: 'a call that was let go, encoded' }
]

export const memory: Group = {
  name: 'memory',
  figures: FIGURES.map(({ name }) => name),
  measure: async ({ quick }) => {
    const worker = await startWorker('memory', { calls: quick ? 4_000 : 100_000 })
    worker.end()
    return FIGURES.map(({ fact, name, target }): Figure => {
      const value = worker.facts[fact] ?? NaN
      return { group: 'memory', name, value, unit: 'bytes', ...(target === undefined ? {} : { target }) }
    })
  }
}
