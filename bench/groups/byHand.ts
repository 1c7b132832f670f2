import { ratio } from '../Figure.js'
import type { Group } from '../Group.js'
import { besideEachOther } from '../Workers.js'

const SIDES = ['step', 'mutable Map', 'immer', 'fp-ts ReadonlyMap']

export const byHand: Group = {
  name: 'by hand',
  figures: ['step / mutable Map loop', 'step / the same with immer', 'step / the same with fp-ts'],
  measure: async (effort, say) => {
    const { samples, facts } = await besideEachOther('byHand', { events: effort.quick ? 30_000 : 60_000 }, SIDES, effort)
    say(JSON.stringify(facts))
    const of = (name: string) => ({ name, samples: samples[name] })
    const toLoop = (name: string, loop: string, target?: number) =>
      ratio('by hand', name, of('step'), of(loop), target === undefined ? {} : { target })
    return [
      toLoop('step / mutable Map loop', 'mutable Map', 3),
      toLoop('step / the same with immer', 'immer'),
      toLoop('step / the same with fp-ts', 'fp-ts ReadonlyMap')
    ]
  }
}
