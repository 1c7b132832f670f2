import type { Wanted } from './Crm.js'

/** For CRMs whose calls cannot be changed: what a note beside the call says. */
export interface Correction {
  readonly text: string
  /** Stands in the text, and in no other note: by it the note is found again. */
  readonly mark: string
}

const told = ({ activity: { client, direction, outcome, duration, sentence } }: Wanted): string => JSON.stringify([client, direction, outcome, duration, sentence])

/**
 * What has to be said after a call was entered as `sent`; nothing, if it says what it should.
 *
 * @param sent undefined: it was entered, but nobody knows how
 * @param withRecording false, where a recording is not a matter of notes
 */
export const correctionOf = (sent: Wanted | undefined, wanted: Wanted, withRecording = true): Correction | undefined => {
  const { activity, retracted, revision, recording } = wanted
  const before = sent === undefined ? '' : ` It was entered as: ${sent.activity.sentence}.`
  const client = sent !== undefined && sent.activity.client !== activity.client ? ` The client's number is ${activity.client}.` : ''
  const change = retracted
    ? sent?.retracted === true
      ? undefined
      : `This call does not count: what the telephone system reported later contradicts it.${before}`
    : sent?.retracted === true
      ? `This call counts after all: ${activity.sentence}.`
      : sent === undefined || told(sent) !== told(wanted)
        ? `Correction of this call: ${activity.sentence}.${client}${before}`
        : undefined
  const recorded = !withRecording || retracted || recording === undefined || recording === sent?.recording ? undefined : `Recording: ${recording}`
  if (change === undefined && recorded === undefined) return undefined
  const mark = `[${activity.id} ${revision}${recorded === undefined ? '' : ' recorded'}]`
  return { text: [change, recorded, mark].filter((part) => part !== undefined).join(' '), mark }
}
