import type { CallExplanation, CallEvent, Employees, EpochMicros, LegExplanation } from './types.js'
import { employee, length, shortExtension, shownNumber } from './shown.js'
import type { Words } from './words.js'

/** What is needed of a leg. */
interface Told {
  readonly leg: LegExplanation
  readonly dial: EpochMicros | undefined
  readonly answer: EpochMicros | undefined
  readonly hangup: EpochMicros | undefined
  readonly begins: EpochMicros
}

const told = (leg: LegExplanation): Told => {
  const of = (kind: CallEvent['kind']): EpochMicros | undefined => leg.events.find((event) => event.kind === kind)?.at
  return { leg, dial: of('dial'), answer: of('answer'), hangup: of('hangup'), begins: leg.events.reduce((first, { at }) => Math.min(first, at), Infinity) }
}

const ringsInVain = ({ leg, answer, hangup }: Told): boolean =>
  leg.extensionType === 'phone' && leg.direction !== 'outgoing' && answer === undefined && hangup !== undefined && leg.record?.transfer === undefined && leg.record?.successful !== true

/**
 * How a call went, in sentences that a colleague understands, in the order of time. Phones that rang together are one
 * sentence.
 */
export const storyOf = (explanation: CallExplanation, employees: Employees, words: Words): ReadonlyArray<string> => {
  const { story, causes } = words
  const name = (extension: string | undefined, otherwise = '?'): string => (extension === undefined ? otherwise : employee(extension, employees))
  const span = (from: EpochMicros | undefined, to: EpochMicros | undefined): string | undefined => (from === undefined || to === undefined || to < from ? undefined : length(to - from, words))
  const legs = explanation.legs.filter(({ events, extensionType }) => events.length > 0 && extensionType !== 'fax').map(told)
  const sentences: Array<string> = []

  const vain: Array<Told> = []
  const tellVain = (): void => {
    if (vain.length === 0) return
    const from = Math.min(...vain.map(({ begins }) => begins))
    const to = Math.max(...vain.map(({ hangup }) => hangup ?? 0))
    sentences.push(story.inVain([...new Set(vain.map(({ leg }) => name(leg.extension)))], length(to - from, words)))
    vain.length = 0
  }

  const first = legs[0]?.leg
  if (first !== undefined && first.direction !== 'outgoing' && first.remoteNumber !== undefined) {
    const did = first.events.map(({ parties }) => parties.did).find((known) => known !== undefined)
    sentences.push(story.called(shownNumber(first.remoteNumber), did === undefined ? undefined : shownNumber(did)))
  }
  for (const one of legs) {
    const { leg, dial, answer, hangup, begins } = one
    const { record } = leg
    if (leg.extensionType !== 'phone' && leg.direction !== 'outgoing') {
      tellVain()
      const held = span(begins, hangup)
      if (held !== undefined && leg.extension !== undefined) sentences.push((leg.extensionType === 'ivr' ? story.menu : story.queue)(shortExtension(leg.extension), held))
      continue
    }
    if (ringsInVain(one)) {
      const before = vain.at(-1)
      // who rings after the others have stopped is told by himself
      if (before?.hangup !== undefined && before.hangup < begins) tellVain()
      vain.push(one)
      continue
    }
    tellVain()
    const talk = record?.successful === true ? (record.talkTime === undefined ? span(answer, hangup) : length(record.talkTime, words)) : answer === undefined ? undefined : span(answer, hangup)
    const isTalk = record?.successful === true || answer !== undefined
    const cause = record?.kind === 'unsuccessful' ? causes[record.cause].toLocaleLowerCase() : causes['no-answer'].toLocaleLowerCase()
    const from = record?.transfer?.from?.extension
    if (leg.direction === 'outgoing') {
      const number = leg.remoteNumber === undefined ? words.noNumber : shownNumber(leg.remoteNumber)
      if (record?.transfer !== undefined) sentences.push(isTalk ? story.passed(name(from ?? leg.extension), number, talk) : story.passedInVain(name(from ?? leg.extension), number, cause))
      else if (isTalk || hangup !== undefined) sentences.push(isTalk ? story.dialled(name(leg.extension), number, span(dial, answer), talk) : story.dialledInVain(name(leg.extension), number, cause))
    } else if (from !== undefined) {
      sentences.push(isTalk ? story.passed(name(from), name(leg.extension), talk) : story.passedInVain(name(from), name(leg.extension), cause))
    } else if (isTalk) sentences.push(story.answered(name(leg.extension), span(dial, answer), talk))
    if (hangup === undefined) sentences.push(isTalk ? story.noEnd(name(leg.extension)) : story.stillRings(leg.direction === 'outgoing' ? shownNumber(leg.remoteNumber ?? '') : name(leg.extension)))
  }
  tellVain()
  const { record } = explanation.missed
  const talked = explanation.legs.some((leg) => leg.record?.successful === true)
  if (record !== undefined) sentences.push((talked ? story.lostAt : story.missedAt)(name(record.extension)))
  return sentences
}
