/** What becomes of the lines. The bytes are as they stood, without the line feed. */
export interface LineHandler {
  readonly line: (bytes: Uint8Array, number: number) => void
  /** A piece of a line that is longer than the limit; `last` with the one that ends it. */
  readonly overlong: (bytes: Uint8Array, number: number, last: boolean) => void
}

/** Cuts chunks of bytes into lines, numbered from 1. */
export interface LineSplitter {
  readonly push: (chunk: Uint8Array) => void
  /** The end of input: what stands behind the last line feed is a line as well, unless it is empty. */
  readonly end: () => void
}

const LINE_FEED = 10
const NOTHING = new Uint8Array(0)

/**
 * Cuts bytes, not text, so that a character across two chunks stays whole, and a line can be kept as it was.
 * Never holds more than `limit` bytes of a line: what is longer is handed on in pieces.
 */
export const lineSplitter = (limit: number, handler: LineHandler): LineSplitter => {
  let number = 1
  let kept: Array<Uint8Array> = []
  let length = 0
  let overlong = false

  const keep = (piece: Uint8Array): void => {
    length += piece.length
    if (!overlong && length > limit) {
      overlong = true
      for (const earlier of kept) handler.overlong(earlier, number, false)
      kept = []
    }
    if (overlong) handler.overlong(piece, number, false)
    else kept.push(piece)
  }

  const finish = (): void => {
    if (overlong) handler.overlong(NOTHING, number, true)
    else handler.line(kept.length === 1 ? (kept[0] ?? NOTHING) : Buffer.concat(kept), number)
    kept = []
    length = 0
    overlong = false
  }

  return {
    push: (chunk) => {
      let from = 0
      for (;;) {
        const to = chunk.indexOf(LINE_FEED, from)
        if (to < 0) break
        if (length === 0 && to - from <= limit) handler.line(chunk.subarray(from, to), number)
        else {
          keep(chunk.subarray(from, to))
          finish()
        }
        number += 1
        from = to + 1
      }
      if (from < chunk.length) keep(chunk.subarray(from))
    },
    end: () => {
      if (length > 0) finish()
    }
  }
}
