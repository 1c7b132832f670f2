import pc from 'picocolors'
import type { CallRecord } from '../index.js'

/** Does the output take colours? On a terminal, unless the user says otherwise (`NO_COLOR`, `FORCE_COLOR`). */
export const takesColours = (isTerminal: boolean, { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): boolean => {
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0'
  return (NO_COLOR === undefined || NO_COLOR === '') && isTerminal && TERM !== 'dumb'
}

const colours = pc.createColors(true)

const OF_KIND: Readonly<Record<CallRecord['kind'], (text: string) => string>> = {
  answered: colours.green,
  transferred: colours.cyan,
  callback: colours.blue,
  missed: colours.red,
  unsuccessful: colours.yellow,
  incomplete: colours.magenta
}

/** A kind of record in its colour. */
export const kindColour = ({ kind }: CallRecord): ((text: string) => string) => OF_KIND[kind]
