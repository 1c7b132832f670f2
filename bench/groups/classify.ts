import { ratio } from '../Figure.js'
import type { Group } from '../Group.js'
import { inTurn, startWorker } from '../Workers.js'

const FIGURE = 'classify FILE / read the lines and parse them'

export const classify: Group = {
  name: 'command line',
  figures: [FIGURE],
  measure: async (effort, say) => {
    const worker = await startWorker('classify', { events: effort.quick ? 20_000 : 500_000 }, ['classify', 'read and parse'])
    say(JSON.stringify(worker.facts))
    const [samples = {}] = await inTurn([worker], { ...effort, warmUp: 0, rounds: effort.quick ? 3 : 7, each: 0 })
    worker.end()
    const of = (name: string) => ({ name, samples: samples[name] })
    return [ratio('command line', FIGURE, of('classify'), of('read and parse'), { target: 2.5, seconds: true })]
  }
}
