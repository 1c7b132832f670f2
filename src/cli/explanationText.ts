import {
  RULES,
  type Anomaly,
  type CallEvent,
  type CallExplanation,
  type CallRecord,
  type LegExplanation,
  type MissedExplanation,
  type RuleName
} from '../index.js'
import { anomalySentence } from './anomalyText.js'
import { printable } from './printable.js'
import { notesOf } from './recordNotes.js'
import { day, preciseTime, talkLength, type Zone } from './when.js'

type Lines = ReadonlyArray<string>

const indent = (lines: Lines): Lines => lines.map((line) => `   ${line}`)

const rules = (because: ReadonlyArray<RuleName>): Lines => {
  const width = because.reduce((widest, name) => Math.max(widest, name.length), 0)
  return because.map((name) => `${name.padEnd(width)}  ${RULES[name]}`)
}

/** What else the event says towards a verdict, in the wire's own words. */
const facts = (event: CallEvent): string => {
  const { callerNumber, calledNumber, remoteNumber, did } = event.parties
  return [
    event.status,
    event.kind === 'dial' && callerNumber !== undefined ? `from ${callerNumber}` : undefined,
    event.kind === 'dial' && calledNumber !== undefined ? `to ${calledNumber}` : undefined,
    event.kind === 'dial' && did !== undefined ? `by ${did}` : undefined,
    remoteNumber === undefined ? undefined : `RemoteNumber ${remoteNumber}`,
    event.bridged === undefined ? undefined : `Bridged=${event.bridged}`,
    event.transferred === undefined ? undefined : 'Transfered=yes',
    event.talkTime === undefined ? undefined : `Duration ${talkLength(event.talkTime)}`,
    event.callBackId === undefined ? undefined : `CallBackID ${event.callBackId}`
  ].filter((fact) => fact !== undefined).join(', ')
}

/** The events that decided; those that were outdone by another of their kind stand behind and are marked. */
const events = (zone: Zone, of: ReadonlyArray<CallEvent>): Lines => {
  const seen = new Set<string>()
  return of.map((event) => {
    const outdone = seen.has(event.kind) ? '  (does not count)' : ''
    seen.add(event.kind)
    return `${preciseTime(zone, event.at)}  ${event.kind.padEnd(6)}  ${facts(event)}${outdone}`.trimEnd()
  })
}

/** What became of it, and the record of it, if there is one. */
const outcome = (verdict: string, record: CallRecord | undefined): Lines => {
  if (record === undefined) return [`=> ${verdict}`]
  const talk = record.successful && record.talkTime !== undefined ? [`talked ${talkLength(record.talkTime)}`] : []
  const notes = notesOf(record)
  return [`=> ${[verdict, ...talk, ...(notes === '' ? [] : [notes])].join('; ')}`, `   record ${record.kind}, ${record.id}`]
}

const party = ({ direction, extension, extensionType, remoteNumber }: LegExplanation): string => {
  const own = `${extensionType}${extension === undefined ? '' : ` ${extension}`}`
  const other = remoteNumber === undefined ? '' : `${direction === 'outgoing' ? ' to' : ' from'} ${remoteNumber}`
  return `${direction ?? 'no direction'}, ${own}${other}`
}

const legLines = (zone: Zone, leg: LegExplanation, number: number): Lines => [
  `${number}. ${party(leg)}`,
  ...indent([
    `leg ${leg.leg}`,
    ...events(zone, leg.events),
    ...outcome(leg.verdict, leg.record),
    ...indent(rules(leg.because))
  ]),
  ''
]

const missedLines = ({ verdict, record, because }: MissedExplanation): Lines => [
  'The call as a whole',
  ...indent([...outcome(verdict, record), ...indent(rules(because))])
]

const anomalyLine = (zone: Zone, anomaly: Anomaly): string =>
  `${anomaly.leg === undefined ? '' : `leg ${anomaly.leg}: `}${anomalySentence(zone, anomaly)}`

const anomalyLines = (zone: Zone, { anomalies }: CallExplanation): Lines =>
  anomalies.length === 0 ? [] : ['', 'Anomalies:', ...indent(anomalies.map((anomaly) => anomalyLine(zone, anomaly)))]

const titleLines = (zone: Zone, { callId, client, callBackId, legs }: CallExplanation): Lines => {
  const times = legs.flatMap((leg) => leg.events.map((event) => event.at))
  const days = [...new Set([...times].sort((a, b) => a - b).map((at) => day(zone, at)))]
  return [
    `Call ${callId}`,
    ...indent([
      ...(days.length === 0 ? [] : [`${days.join(', ')}${zone === 'utc' ? ', UTC' : ''}`]),
      ...(client === undefined ? [] : [`client ${client}`]),
      ...(callBackId === undefined ? [] : [`started through the API, callback ${callBackId}`])
    ]),
    ''
  ]
}

/** One call for a person: its legs in order, whether it was missed, and what was odd. */
export const explanationText = (explanation: CallExplanation, zone: Zone): string =>
  [
    ...titleLines(zone, explanation),
    ...explanation.legs.flatMap((leg, i) => legLines(zone, leg, i + 1)),
    ...missedLines(explanation.missed),
    ...anomalyLines(zone, explanation)
  ].map((line) => `${printable(line)}\n`).join('')
