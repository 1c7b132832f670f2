import { correlator, decode, type CallEvent, type Change, type State } from 'call-legs'
import { isRight } from 'fp-ts/lib/Either.js'
import { directory } from '../pbx/office.js'
import { mustBe, side, type Side } from '../Side.js'
import { sizeOf, type Subject } from '../Subject.js'
import { atWork, recordsAtWork, takeTicking, today } from './days.js'
import { registered } from './expectations.js'
import { received } from './received.js'
import { service, type Service } from './service.js'

const calls = correlator({ directory })

interface Reached {
  readonly state: State
  readonly changes: ReadonlyArray<Change>
}

const parsing = (texts: ReadonlyArray<string>): Side =>
  side(
    texts.length,
    () => texts,
    (given) => {
      let fields = 0
      for (const text of given) {
        const parsed: unknown = JSON.parse(text)
        if (typeof parsed === 'object' && parsed !== null && 'EventType' in parsed) fields += 1
      }
      return fields
    },
    (fields) => mustBe('objects', fields, texts.length)
  )

const decoding = (texts: ReadonlyArray<string>): Side =>
  side(
    texts.length,
    () => texts.map((text): unknown => JSON.parse(text)),
    (parsed) => {
      let events = 0
      for (const raw of parsed) {
        const decoded = decode(raw)
        if (isRight(decoded) && decoded.right.kind !== 'ignored' && decoded.right.at > 0) events += 1
      }
      return events
    },
    (events) => mustBe('events', events, texts.length)
  )

const stepAll = (from: State, events: ReadonlyArray<CallEvent>): Reached => {
  const changes: Array<Change> = []
  let state = from
  for (const event of events) {
    const [next, told] = calls.step(state, event)
    state = next
    for (const change of told) changes.push(change)
  }
  return { state, changes }
}

const takeAll = (from: State, texts: ReadonlyArray<string>): Reached => {
  const changes: Array<Change> = []
  let state = from
  for (const text of texts) {
    const decoded = decode(text)
    if (isRight(decoded) && decoded.right.kind !== 'ignored') state = takeTicking(calls, state, decoded.right, changes)
  }
  return { state, changes }
}

/** The ways of one event, each to be put beside the parsing of the same lines. */
export const events: Subject = (sizes) => {
  const size = sizeOf(sizes, 'events')
  const measured = today(size)
  const { lines, open, calls: number } = measured
  const texts = lines.map(({ text }) => text)
  const count = lines.length

  /** Of each go its own: a state that is gone back to would be kept, and with it what it differs in from the newest. */
  const serviceAtWork = (): Service => service(atWork(calls, size))

  const mustComeToAll = (): ((reached: Reached) => void) => {
    const records = recordsAtWork(calls, measured, size)
    return ({ state, changes }) => mustBe('records', registered([...changes, ...calls.drain(state)[1]]).length, records)
  }

  const stepping = (): Side =>
    side(
      count,
      () => ({ service: serviceAtWork(), given: lines.map(received) }),
      ({ service, given }) => stepAll(service.take(), given),
      mustComeToAll()
    )

  const ticking = (): Side => {
    const times = lines.map(({ at }) => at)
    return side(
      count,
      () => {
        // all events are there, and time goes on through their times: what settles, is let go and is forgotten is the same
        const service = serviceAtWork()
        service.goOn(stepAll(service.take(), lines.map(received)).state)
        return service
      },
      (service) => {
        let [now, changes] = [service.take(), 0]
        for (const at of times) {
          const [next, told] = calls.tick(now, at)
          now = next
          changes += told.length
        }
        return changes
      },
      (changes) => {
        if (changes < number / 20) throw new Error(`the ticks had nothing to do: ${changes} changes`)
      }
    )
  }

  const whole = (): Side => side(count, serviceAtWork, (service) => takeAll(service.take(), texts), mustComeToAll())

  return {
    sides: { 'JSON.parse': () => parsing(texts), decode: () => decoding(texts), step: stepping, tick: ticking, 'line to record': whole },
    facts: { events: count, calls: number, open, charactersPerLine: Math.round(texts.reduce((sum, text) => sum + text.length, 0) / count) }
  }
}
