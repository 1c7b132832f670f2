import { ratio } from '../Figure.js'
import type { Group } from '../Group.js'
import { inTurn, startWorker } from '../Workers.js'

/** So many calls of each size that a round takes some milliseconds. */
const SIZES = [
  { legs: 10, calls: 400, callbacks: 400 },
  { legs: 200, calls: 40, callbacks: 20 },
  { legs: 10_000, calls: 2, callbacks: 0 }
] as const

const [few, many, most] = SIZES

const QUEUE = 'an event, 200 legs in one call / 10'
const HUGE = 'an event, 10 000 legs in one call / 10'
const CALLBACK = 'an event of a callback into a queue, 200 legs / 10'

export const legs: Group = {
  name: 'legs of a call',
  figures: [QUEUE, HUGE, CALLBACK],
  measure: async (effort) => {
    const workers = []
    for (const size of effort.quick ? [few, many] : [few, many, most]) {
      workers.push(await startWorker('legs', size, size === most ? ['queue'] : ['queue', 'callback']))
    }
    const [ofFew, ofMany, ofMost] = await inTurn(workers, effort)
    workers.forEach((worker) => worker.end())
    const of = (name: string, samples: typeof ofFew, side: string) => ({ name, samples: samples?.[side] })
    return [
      ratio('legs of a call', QUEUE, of('200', ofMany, 'queue'), of('10', ofFew, 'queue'), { target: 2 }),
      ...(ofMost === undefined ? [] : [ratio('legs of a call', HUGE, of('10 000', ofMost, 'queue'), of('10', ofFew, 'queue'))]),
      ratio('legs of a call', CALLBACK, of('200', ofMany, 'callback'), of('10', ofFew, 'callback'))
    ]
  }
}
