/** What many stories draw. */
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { minutes, seconds, type Micros } from '../event/time.js'
import type { Company, Extension } from './Company.js'
import type { Draw } from './Draw.js'
import type { Setup } from './Script.js'
import type { Dialect } from './wire.js'

/** A client, and by which public number he came in. */
export interface Client {
  readonly number: string
  readonly name?: string | undefined
  readonly did?: string | undefined
}

/** The names that the telephone network may send: Cyrillic, and signs that a careless encoder would trip over. */
const names: ReadonlyNonEmptyArray<string> = ['Клиент 7', 'ООО «Ромашка»', 'Ромашка & Ко = 100%', 'LLC "Camomile"', 'shop+call']

/** What is there in two calls of three. */
export const maybe = <A>({ chance }: Draw, make: () => A): A | undefined => (chance(2 / 3) ? make() : undefined)

/** Most clients are shown by their number. */
export const drawClient = (draw: Draw, { clients, dids }: Company): Client => {
  const number = draw.pick(clients)
  const name = maybe(draw, () => (draw.chance(0.8) ? draw.pick(names) : number))
  return { number, name, did: maybe(draw, () => draw.pick(dids)) }
}

/** A client who may hide his number. */
export const drawCaller = (draw: Draw, company: Company): Partial<Client> => {
  const client = drawClient(draw, company)
  return draw.chance(1 / 7) ? { did: client.did } : client
}

const usually = (draw: Draw, often: number, [from, to]: readonly [Micros, Micros], [least, most]: readonly [Micros, Micros]): Micros =>
  draw.chance(1 - often) ? draw.between(least, most) : draw.between(from, to)

/** A phone rings: twice this is less than the ring time-out, for a phone that rings on while its call is forwarded. */
export const ringing = (draw: Draw): Micros => usually(draw, 5 / 6, [seconds(2), seconds(30)], [0, seconds(75)])

/** Two people talk. Calls are kept short enough that no call of a stream is let go before the stream ends. */
export const talk = (draw: Draw): Micros => usually(draw, 3 / 4, [seconds(5), minutes(3)], [0, minutes(12)])

/** An IVR plays its greeting, a queue its music. */
export const listening = (draw: Draw): Micros => usually(draw, 4 / 5, [seconds(1), seconds(25)], [0, minutes(2)])

/** How a leg ends on which nobody talked. */
export const unanswered = ({ pick }: Draw): string => pick(['NOANSWER', 'CANCEL', 'BUSY', 'CONGESTION', 'CHANUNAVAIL'])

/** How a talk ends: nearly always properly. */
export const endOfTalk = ({ chance, pick }: Draw): string => (chance(1 / 13) ? pick(['CANCEL', 'BUSY']) : 'ANSWER')

/** What the PBX calls the end of an IVR or a queue; it means nothing. */
export const endOfService = ({ pick }: Draw): string => pick(['ANSWER', 'NOANSWER', 'CANCEL'])

/** Phones that ring together, and for how long. */
export interface Round {
  readonly phones: ReadonlyArray<Extension>
  readonly ringing: Micros
}

/** A queue's rounds in which nobody answers; a phone may ring in several of them, but one is spared. */
export const rounds = (draw: Draw, company: Company, most = 3, spared?: Extension): ReadonlyArray<Round> => {
  const [least, together] = draw.small ? [1, 1] : company.together
  return Array.from({ length: draw.small ? Number(draw.chance(1 / 5)) : draw.between(0, most) }, () => ({
    phones: draw.some(company.phones, least, together).filter((phone) => phone !== spared),
    ringing: ringing(draw)
  })).filter(({ phones }) => phones.length > 0)
}

/** An installation of the PBX. */
const drawDialect = ({ chance, between }: Draw): Dialect => ({
  duration: chance(0.5),
  drift: chance(0.5) ? between(1, 400_000) : 0,
  recordings: chance(0.5),
  callApiId: chance(0.5),
  capitals: chance(0.5),
  extType: chance(0.5),
  remoteEverywhere: chance(0.5),
  didAsCalledNumber: chance(0.5)
})

/** Mostly fractions of a second, sometimes microseconds, sometimes near the settle window. */
const drawMoment = ({ chance, between }: Draw): Micros =>
  chance(1 / 9) ? between(seconds(1), seconds(4)) : chance(1 / 4) ? between(1, 20_000) : between(20_000, 900_000)

/** The moments that a call needs, and the installation that sends it; what is given of that is not drawn. */
export const drawSetup = (draw: Draw, callId: string, startAt: number, dialect?: Partial<Dialect>): Setup => ({
  callId,
  startAt,
  moments: Array.from({ length: draw.between(1, 6) }, () => drawMoment(draw)),
  dialect: { ...drawDialect(draw), ...dialect }
})
