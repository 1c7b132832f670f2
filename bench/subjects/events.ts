import { correlator, decode, type CallEvent, type Change, type State } from 'call-legs'
import { isRight } from 'fp-ts/lib/Either.js'
import { directory } from '../pbx/days.js'
import type { Line } from '../pbx/stream.js'
import { mustBe, type Side } from '../Side.js'
import { sizeOf, type Subject } from '../Subject.js'
import { atWork, past, recordsAtWork, takeTicking, today } from './days.js'
import { registered } from './expectations.js'
import { inGoes, type Work } from './inGoes.js'
import { received } from './received.js'

const calls = correlator({ directory })

const textOf = ({ text }: Line): string => text

/** Counts what it takes. */
const counting = <Input>(what: string, wanted: number, isOne: (input: Input) => boolean) => (): Work<Input> => {
  let found = 0
  return {
    take: (inputs) => {
      for (const input of inputs) if (isOne(input)) found += 1
    },
    end: () => mustBe(what, found, wanted)
  }
}

const isParsed = (text: string): boolean => {
  const parsed: unknown = JSON.parse(text)
  return typeof parsed === 'object' && parsed !== null && 'EventType' in parsed
}

const isDecoded = (raw: unknown): boolean => {
  const decoded = decode(raw)
  return isRight(decoded) && decoded.right.kind !== 'ignored' && decoded.right.at > 0
}

/** A service at work, and what it tells. */
interface Service {
  state: State
  readonly changes: Array<Change>
}

const stepAll = (service: Service, events: ReadonlyArray<CallEvent>): void => {
  for (const event of events) {
    const [next, told] = calls.step(service.state, event)
    service.state = next
    for (const change of told) service.changes.push(change)
  }
}

const takeAll = (service: Service, texts: ReadonlyArray<string>): void => {
  for (const text of texts) {
    const decoded = decode(text)
    if (isRight(decoded) && decoded.right.kind !== 'ignored') service.state = takeTicking(calls, service.state, decoded.right, service.changes)
  }
}

/** The ways of one event, each to be put beside the parsing of the same lines. */
export const events: Subject = (sizes) => {
  const size = sizeOf(sizes, 'events')
  const measured = today(size)
  const before = past(size)
  const { lines, open, calls: number } = measured
  const count = lines.length

  const working =
    <Input>(take: (service: Service, inputs: ReadonlyArray<Input>) => void, records: number) =>
    (): Work<Input> => {
      const service: Service = { state: atWork(calls, before), changes: [] }
      return {
        take: (inputs) => take(service, inputs),
        end: () => mustBe('records', registered([...service.changes, ...calls.drain(service.state)[1]]).length, records)
      }
    }

  const ticking = (): Side =>
    inGoes(measured, ({ at }) => at, () => {
      // all events are there, and time goes on through their times: what settles, is let go and is forgotten is the same
      const service: Service = { state: atWork(calls, before), changes: [] }
      stepAll(service, lines.map(received))
      service.changes.length = 0
      return {
        take: (times) => {
          for (const at of times) {
            const [next, told] = calls.tick(service.state, at)
            service.state = next
            for (const change of told) service.changes.push(change)
          }
        },
        end: () => {
          if (service.changes.length < number / 20) throw new Error(`the ticks had nothing to do: ${service.changes.length} changes`)
        }
      }
    })

  return {
    sides: {
      'JSON.parse': () => inGoes(measured, textOf, counting('objects', count, isParsed)),
      decode: () => inGoes(measured, ({ text }): unknown => JSON.parse(text), counting('events', count, isDecoded)),
      step: () => inGoes(measured, received, working(stepAll, recordsAtWork(calls, measured, before))),
      tick: ticking,
      'line to record': () => inGoes(measured, textOf, working(takeAll, recordsAtWork(calls, measured, before)))
    },
    facts: { events: count, calls: number, open, charactersPerLine: Math.round(lines.reduce((sum, { text }) => sum + text.length, 0) / count) }
  }
}
