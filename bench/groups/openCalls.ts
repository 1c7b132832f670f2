import { ratio, type Figure } from '../Figure.js'
import type { Group } from '../Group.js'
import { inTurn, startWorker, type Rounds, type Samples } from '../Workers.js'

const LEAST = 1_000
const FULL: ReadonlyArray<number> = [10_000, 100_000, 1_000_000]
const QUICK: ReadonlyArray<number> = [20_000]

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ' ')

interface Kind {
  readonly side: string
  readonly figure: string
  /** For the greatest number of open calls. */
  readonly target?: number
  /** Where others than the usual ones will do. */
  readonly rounds?: Partial<Rounds>
}

const KINDS: ReadonlyArray<Kind> = [
  // a go is long enough, and each of them uses up a thousand calls
  { side: 'any open call', figure: 'an event of any open call', target: 2, rounds: { warmUp: 1_000, each: 0 } },
  { side: 'everyday calls', figure: 'an event of everyday calls' },
  { side: 'tick', figure: 'a tick with 10 due', target: 2 },
  { side: 'drain', figure: 'a drain, for each call', rounds: { warmUp: 200, rounds: 3, each: 0 } }
]

const GREATEST = 1_000_000

const nameOf = ({ figure }: Kind, open: number): string => `${figure}, ${grouped(open)} open / ${grouped(LEAST)}`

export const openCalls: Group = {
  name: 'open calls',
  figures: KINDS.flatMap((kind) => FULL.map((open) => nameOf(kind, open))),
  measure: async (effort, say) => {
    const sizes = effort.quick ? QUICK : FULL
    const compare = (kind: Kind, open: number, of: Samples | undefined, least: Samples | undefined): Figure =>
      ratio(
        'open calls',
        nameOf(kind, open),
        { name: grouped(open), samples: of?.[kind.side] },
        { name: grouped(LEAST), samples: least?.[kind.side] },
        open === GREATEST && kind.target !== undefined ? { target: kind.target } : {}
      )
    const figures: Array<Figure> = []
    for (const kind of KINDS.filter((one) => FULL.some((open) => effort.wanted(nameOf(one, open))))) {
      say(kind.figure)
      // one heap each: a process with many calls under way pays for its own garbage collection
      const workers = []
      for (const open of [LEAST, ...sizes]) workers.push(await startWorker('openCalls', { open }, [kind.side]))
      const [least, ...others] = await inTurn(workers, { ...effort, ...kind.rounds })
      workers.forEach((worker) => worker.end())
      figures.push(...sizes.map((open, i) => compare(kind, open, others[i], least)))
    }
    return figures
  }
}
