import { ratio, type Figure } from '../Figure.js'
import type { Group } from '../Group.js'
import { inTurn, startWorker, type Samples } from '../Workers.js'

const LEAST = 1_000
const FULL: ReadonlyArray<number> = [10_000, 100_000, 1_000_000]
const QUICK: ReadonlyArray<number> = [20_000]

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ' ')

interface Kind {
  readonly side: string
  readonly figure: string
  /** For the greatest number of open calls. */
  readonly target?: number
}

const KINDS: ReadonlyArray<Kind> = [
  { side: 'any open call', figure: 'an event of any open call', target: 2 },
  { side: 'everyday calls', figure: 'an event of everyday calls' },
  { side: 'tick', figure: 'a tick with 10 due', target: 2 },
  { side: 'drain', figure: 'a drain, for each call' }
]

const SIDES = KINDS.map(({ side }) => side)

const GREATEST = 1_000_000

const nameOf = ({ figure }: Kind, open: number): string => `${figure}, ${grouped(open)} open / ${grouped(LEAST)}`

export const openCalls: Group = {
  name: 'open calls',
  figures: KINDS.flatMap((kind) => FULL.map((open) => nameOf(kind, open))),
  measure: async (effort, say) => {
    const sizes = effort.quick ? QUICK : FULL
    // one heap each: a process with many calls under way pays for its own garbage collection
    const workers = []
    for (const open of [LEAST, ...sizes]) {
      workers.push(await startWorker('openCalls', { open }, SIDES))
      say(`${grouped(open)} open calls`)
    }
    const samples = await inTurn(workers, effort, SIDES.filter((side) => side !== 'drain'))
    const drains = await inTurn(workers, { ...effort, warmUp: 200, rounds: 3, each: 0 }, ['drain'])
    workers.forEach((worker) => worker.end())

    const compare = (kind: Kind, open: number, of: Samples | undefined, least: Samples | undefined): Figure =>
      ratio(
        'open calls',
        nameOf(kind, open),
        { name: grouped(open), samples: of?.[kind.side] },
        { name: grouped(LEAST), samples: least?.[kind.side] },
        open === GREATEST && kind.target !== undefined ? { target: kind.target } : {}
      )
    return KINDS.flatMap((kind) => {
      const measured = kind.side === 'drain' ? drains : samples
      return sizes.map((open, i) => compare(kind, open, measured[i + 1], measured[0]))
    })
  }
}
