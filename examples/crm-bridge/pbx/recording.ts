import { parseForm, type WireFields } from 'call-legs'

/** One event as the PBX sends it. */
export type WireEvent = WireFields

/** A recording that cannot be read: which line, and why. */
export interface RecordingError {
  readonly line: number
  readonly reason: string
}

const isWireEvent = (value: unknown): value is WireEvent =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((field) => typeof field === 'string')

const fromJson = (text: string): WireEvent | string => {
  try {
    const value: unknown = JSON.parse(text)
    return isWireEvent(value) ? value : 'an event is an object of texts'
  } catch {
    return 'is no JSON'
  }
}

/** Reads a recording: one event a line, a JSON object or a form, told apart per line; empty lines are passed over. */
export const readRecording = (text: string): ReadonlyArray<WireEvent> | RecordingError => {
  const events: Array<WireEvent> = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const event = line.trimStart().startsWith('{') ? fromJson(line) : parseForm(line)
    if (typeof event === 'string') return { line: index + 1, reason: event }
    events.push(event)
  }
  return events
}

/** The error as a sentence. */
export const recordingErrorMessage = ({ line, reason }: RecordingError): string => `line ${line}: ${reason}`

/** The events as `call-legs classify` reads them: a JSON object a line. */
export const toLines = (events: ReadonlyArray<WireEvent>): string => events.map((event) => `${JSON.stringify(event)}\n`).join('')
