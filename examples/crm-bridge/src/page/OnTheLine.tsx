import { employee, clock, moment, outcome, shortExtension, shownNumber, whenOf } from './shown.js'
import { useDesk } from './Desk.js'
import { useNow } from './live.js'
import type { Caller, OpenLeg, Ringing } from './types.js'
import type { Words } from './words.js'

const STATES = ['talking', 'ringing', 'waiting'] as const

type State = (typeof STATES)[number]

/** The open legs of each call, the call that began last coming first. */
const callsOf = (legs: ReadonlyArray<OpenLeg>): ReadonlyArray<readonly [string, ReadonlyArray<OpenLeg>]> => {
  const calls = new Map<string, ReadonlyArray<OpenLeg>>()
  for (const leg of legs) calls.set(leg.callId, [...(calls.get(leg.callId) ?? []), leg])
  return [...calls].sort(([, [a]], [, [b]]) => (b?.startedAt ?? 0) - (a?.startedAt ?? 0))
}

const stateOf = (legs: ReadonlyArray<OpenLeg>): State => STATES.find((state) => legs.some((leg) => leg.state === state)) ?? 'waiting'

const numberOf = (legs: ReadonlyArray<OpenLeg>): string | undefined => legs.map(({ remoteNumber }) => remoteNumber).find((number) => number !== undefined && !number.includes('*'))

const chipOf = ({ state, extension, extensionType }: OpenLeg, name: string, words: Words): string =>
  state === 'waiting' ? (extensionType === 'ivr' ? words.inMenu : words.waitsInQueue)(shortExtension(extension ?? '')) : state === 'ringing' ? words.rings(name) : words.talks(name)

/** Who calls whom, in a word, for those who hear the page: a call that rings is news. */
export const callsThatRing = ({ legs, callers }: Ringing, nameOf: (extension: string) => string, words: Words): ReadonlyMap<string, string> =>
  new Map(
    callsOf(legs)
      .filter(([, of]) => stateOf(of) === 'ringing')
      .map(([callId, of]) => {
        const number = numberOf(of)
        const name = callers.find((caller) => caller.number === number)?.client?.name ?? (number === undefined ? words.noNumber : shownNumber(number))
        const rung = of.filter(({ state }) => state === 'ringing').map(({ extension }) => nameOf(extension ?? ''))
        return [callId, `${name}: ${words.rings(words.and(rung))}`]
      })
  )

const Card = ({ legs, caller, now }: { readonly legs: ReadonlyArray<OpenLeg>; readonly caller: Caller | undefined; readonly now: number }) => {
  const { words, employees } = useDesk()
  const state = stateOf(legs)
  const since = Math.min(...legs.filter((leg) => leg.state === state).map((leg) => (state === 'talking' ? leg.answeredAt : leg.startedAt) ?? Infinity))
  const number = numberOf(legs)
  const shown = number === undefined ? words.noNumber : shownNumber(number)
  const did = legs.find((leg) => leg.did !== undefined)?.did
  const client = caller?.client
  const name = client?.name ?? caller?.recent.map(({ remoteName }) => remoteName).find((told) => told !== undefined && told !== number)
  const under = [name === undefined ? undefined : shown, legs.every(({ direction }) => direction === 'outgoing') ? words.outgoing : undefined, did === undefined ? undefined : words.toLine(shownNumber(did))]
  return (
    <li class={`card ${state}`}>
      <div class="top">
        <span class="who">{name ?? shown}</span>
        {Number.isFinite(since) ? <span class="clock dim">{clock(now - since)}</span> : null}
      </div>
      <div class="dim small num">{under.filter((part) => part !== undefined).join(' · ')}</div>
      <div class="chips">
        {legs
          .filter((leg) => leg.state === state || leg.state !== 'waiting')
          .map((leg) => (
            <span key={leg.leg} class={`chip ${leg.state}`}>
              {chipOf(leg, employee(leg.extension ?? '?', employees), words)}
            </span>
          ))}
      </div>
      {client?.extension === undefined ? null : (
        <div class="mine small">
          {words.responsible} <b>{employee(client.extension, employees)}</b>
        </div>
      )}
      {caller === undefined || caller.recent.length === 0 ? null : (
        <ul class="past small">
          {caller.recent.slice(0, 3).map((record) => (
            <li key={record.id}>
              <span class={record.kind === 'missed' ? 'lost' : 'dim'}>{[outcome(record, words), ...(record.extension === undefined ? [] : [employee(record.extension, employees)])].join(' · ')}</span>
              <span class="dim num">{moment(whenOf(record), words, new Date(now / 1000))}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

/** A card for each call on the line. */
export const OnTheLine = ({ ringing, ahead }: { readonly ringing: Ringing | undefined; readonly ahead: number }) => {
  const { words } = useDesk()
  const now = useNow(ahead)
  const calls = callsOf(ringing?.legs ?? [])
  return (
    <section aria-labelledby="now">
      <div class="bar">
        <h2 id="now">{words.now}</h2>
      </div>
      {calls.length === 0 ? (
        <p class="none">{ringing === undefined ? words.connecting : words.nobodyOnTheLine}</p>
      ) : (
        <ul class="now">
          {calls.map(([callId, legs]) => (
            <Card key={callId} legs={legs} caller={ringing?.callers.find(({ number }) => number === numberOf(legs))} now={now} />
          ))}
        </ul>
      )}
    </section>
  )
}
