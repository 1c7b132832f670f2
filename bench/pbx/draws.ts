import type { Extension } from '../../test/pbx/company.js'
import type { Caller } from './CallPlayer.js'
import { phones } from './office.js'
import type { Random } from './Random.js'

export const among = <A>(random: Random, all: ReadonlyArray<A>): A => {
  const found = all[random.between(0, all.length - 1)]
  if (found === undefined) throw new Error('there is nothing to draw from')
  return found
}

/** A queue's phones stand beside each other: so many of them, from anywhere in the office. */
export const crew = (random: Random, size: number): ReadonlyArray<Extension> => {
  const from = random.between(0, phones.length - size)
  return phones.slice(from, from + size)
}

export const clientNumber = (random: Random): string => `+7916000${String(random.between(0, 9_999)).padStart(4, '0')}`

export const client = (random: Random): Caller => {
  const number = clientNumber(random)
  // the network knows few names; most clients are shown by their number
  const name = random.chance(0.05) ? 'ООО «Ромашка»' : number
  return { number, name, did: `7495000${String(random.between(0, 40)).padStart(4, '0')}` }
}
