import { decode, type CallEvent } from 'call-legs'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Line } from '../pbx/stream.js'

/** The line as the process would have it: read, parsed, and decoded anew, with strings of its own. */
export const received = ({ text }: Line): CallEvent => {
  const decoded = decode(JSON.parse(text))
  if (isLeft(decoded) || decoded.right.kind === 'ignored') throw new Error(`no event: ${text}`)
  return decoded.right
}
