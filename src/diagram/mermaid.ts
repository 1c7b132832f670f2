import { clock } from '../event/clock.js'
import { cutDomain } from '../event/extension.js'
import type { EpochMicros } from '../event/time.js'
import type { CallExplanation } from '../reducer/Explanation.js'
import { coursesOf, nameOf, outcomeOf, spanOf, transferredFrom, type Course } from './Course.js'

/** What means something to Mermaid, or to the page around it, goes by its number. */
const escaped = (text: string): string =>
  text
    .replace(/[\p{Control}\p{Surrogate}\u2028\u2029]+/gu, ' ')
    .replace(/[^\p{L}\p{N} .,:()+*/=@_-]/gu, (sign) => `#${sign.codePointAt(0) ?? 32};`)
    .replace(/\b(e)(nd)\b/gi, (_, e: string, nd: string) => `#${e.charCodeAt(0)};${nd}`)

/** A party of the call: who it is, and how it is called. */
interface Party {
  readonly id: string
  readonly label: string
}

/** The parties in the order in which they come up. */
const partiesOf = () => {
  const parties = new Map<string, Party>()
  return {
    party: (key: string, label: string): string => {
      const known = parties.get(key) ?? { id: `p${parties.size}`, label }
      parties.set(key, known)
      return known.id
    },
    has: (key: string): boolean => parties.has(key),
    lines: (): ReadonlyArray<string> => [...parties.values()].map(({ id, label }) => `  participant ${id} as ${escaped(label)}`)
  }
}

interface Line {
  readonly at: EpochMicros
  readonly text: string
}

/** The other side of an incoming leg: the queue or the phone that rang it, if that is drawn, else the client. */
const callerOf = ({ leg }: Course): string | undefined => {
  const caller = leg.events.find((event) => event.parties.callerExtension !== undefined)?.parties.callerExtension
  return cutDomain(caller)
}

/** What came of a leg is written beside it: `answered, talked 1:17`, and the rules that made it so. */
const noteOf = (course: Course): string => {
  const odd = course.anomalies.map(({ kind }) => ` / ${kind}`).join('')
  const rules = course.leg.because.length === 0 ? '' : ` (${course.leg.because.join(', ')})`
  return `${outcomeOf(course)}${rules}${odd}`
}

/**
 * A Mermaid sequence diagram of one call, as GitHub and GitLab show it in a block of code that is called `mermaid`:
 * the client, IVRs, queues, phones and outside numbers; who rings, answers, transfers and hangs up; a note with the
 * names of the rules where a record was made or refused.
 *
 * @param explanation what `explain` says of the call
 *
 * @example
 * import { correlator } from 'call-legs'
 * import { mermaid } from 'call-legs/diagram'
 * const calls = correlator()
 * const leg = 'CallID=ab12&SubCallID=85219-ab12&CallFlow=in&CallerIDNum=%2B79160000001&CalledNumber=453*102'
 * let state = calls.initial
 * for (const event of ['dial-in&EventTime=1780000686000000', 'answer&EventTime=1780000690000000', 'hangup&EventTime=1780000700000000&CallStatus=ANSWER'])
 *   [state] = calls.ingest(state, `EventType=${event}&${leg}`)
 * const explanation = calls.explain(state, 'ab12', Infinity)
 * assert.deepStrictEqual(explanation && mermaid(explanation).split('\n').slice(0, 4), [
 *   'sequenceDiagram',
 *   '  participant p0 as +79160000001',
 *   '  participant p1 as phone 453*102',
 *   '  p0->>p1: 0:00 rings'
 * ])
 *
 * @since 0.1.0
 * @category diagram
 */
export const mermaid = (explanation: CallExplanation): string => {
  const courses = coursesOf(explanation)
  const [from] = spanOf(courses, undefined)
  const { party, has, lines: participants } = partiesOf()
  const client = explanation.client
  const lines: Array<Line> = []
  for (const course of courses) {
    const { leg, begins, answered, ends, hangup, waits, missed } = course
    const tell = (at: EpochMicros, text: string): void => void lines.push({ at, text })
    const outgoing = leg.direction === 'outgoing'
    const label = `${leg.extensionType} ${nameOf(course)}`
    const ownFirst = outgoing ? party(nameOf(course), label) : undefined
    const number = leg.remoteNumber ?? client ?? 'unknown'
    const other = party(`number ${number}`, number)
    const own = ownFirst ?? party(nameOf(course), label)
    const back = transferredFrom(course, courses)
    const caller = callerOf(course)
    const through = back === undefined ? (!outgoing && caller !== undefined && has(caller) && caller !== nameOf(course) ? party(caller, caller) : undefined) : party(nameOf(back), nameOf(back))
    const verb = leg.record?.transfer === undefined ? (outgoing ? 'dials' : waits ? 'enters' : 'rings') : 'transfers to'
    tell(begins, `${through ?? (outgoing ? own : other)}->>${outgoing ? other : own}: ${clock(begins - from)} ${verb}`)
    if (answered !== undefined) tell(answered, `${outgoing ? other : own}-->>${outgoing ? own : other}: ${clock(answered - from)} answers`)
    if (ends !== undefined) {
      const status = [hangup?.status, hangup?.bridged === undefined ? undefined : `Bridged=${hangup.bridged}`].filter((word) => word !== undefined)
      tell(ends, `${own}-x${answered === undefined && !outgoing ? (through ?? other) : other}: ${clock(ends - from)} hangs up${status.length === 0 ? '' : ` ${escaped(status.join(', '))}`}`)
    }
    tell(ends ?? answered ?? begins, `Note over ${own}: ${escaped(noteOf(course))}`)
    if (missed) tell(ends ?? begins, `Note over ${own}: ${escaped(`${explanation.missed.verdict} (${explanation.missed.because.join(', ')})`)}`)
  }
  // a stable sort: of the same time in the order of the legs
  const told = [...lines].sort((a, b) => a.at - b.at).map(({ text }) => `  ${text}`)
  return ['sequenceDiagram', ...participants(), ...told, ''].join('\n')
}
