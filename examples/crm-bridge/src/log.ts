/** Who reads the logs, and how much of them. */
export type Level = 'debug' | 'info' | 'warn' | 'error'

const WEIGHT: Readonly<Record<Level, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

export const isLevel = (text: string): text is Level => Object.hasOwn(WEIGHT, text)

/** One JSON object a line. At `info` and above there is no number and no name of a client, and never a secret. */
export type Log = (level: Level, what: string, facts?: Readonly<Record<string, unknown>>) => void

export const logTo =
  (write: (line: string) => void, least: Level, now: () => Date = () => new Date()): Log =>
  (level, what, facts = {}) => {
    if (WEIGHT[level] >= WEIGHT[least]) write(`${JSON.stringify({ at: now().toISOString(), level, what, ...facts })}\n`)
  }

const said = (error: unknown): string => {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(said).join('; ')
  if (error instanceof Error) return error.message || error.name
  // the embedded database's file system throws what is no Error
  if (typeof error === 'object' && error !== null && 'errno' in error) return `error ${String(error.errno)} of the file system`
  return String(error)
}

/** What an error says of itself, without a stack: a message of a driver may have several lines, of which the first tells. */
export const messageOf = (error: unknown): string => (said(error).split('\n')[0] ?? '').slice(0, 300)
