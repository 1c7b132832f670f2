import { ratio } from '../Figure.js'
import type { Group } from '../Group.js'
import { inTurn, startWorker } from '../Workers.js'

export const events: Group = {
  name: 'one event',
  figures: ['decode / JSON.parse', 'step / JSON.parse', 'tick after every event / JSON.parse', 'line to record, ticks included / JSON.parse'],
  measure: async (effort, say) => {
    const worker = await startWorker('events', { events: effort.quick ? 10_000 : 60_000 })
    say(JSON.stringify(worker.facts))
    const [samples = {}] = await inTurn([worker], effort)
    worker.end()
    const of = (name: string) => ({ name, samples: samples[name] })
    const toParsing = (name: string, side: string, target: number) => ratio('one event', name, of(side), of('JSON.parse'), { target })
    return [
      toParsing('decode / JSON.parse', 'decode', 0.5),
      toParsing('step / JSON.parse', 'step', 1),
      toParsing('tick after every event / JSON.parse', 'tick', 0.2),
      toParsing('line to record, ticks included / JSON.parse', 'line to record', 2.5)
    ]
  }
}
