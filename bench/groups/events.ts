import { ratio } from '../Figure.js'
import type { Group } from '../Group.js'
import { besideEachOther } from '../Workers.js'

const SIDES = ['JSON.parse', 'decode', 'step', 'tick', 'line to record']

export const events: Group = {
  name: 'one event',
  figures: [
    'decode / JSON.parse',
    'step / JSON.parse',
    'tick after every event / JSON.parse',
    'line to record, ticks included / JSON.parse'
  ],
  measure: async (effort, say) => {
    const { samples, facts } = await besideEachOther('events', { events: effort.quick ? 30_000 : 60_000 }, SIDES, effort)
    say(JSON.stringify(facts))
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
