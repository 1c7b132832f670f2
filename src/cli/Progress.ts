import type { Writable } from 'node:stream'

/** How far the reading is, for a person who waits at a terminal. */
export interface Progress {
  readonly show: (lines: number) => void
  /** Before anything else is written to the terminal, and at the end. */
  readonly erase: () => void
}

export const noProgress: Progress = { show: () => undefined, erase: () => undefined }

/** Milliseconds: a short reading shows nothing, and a figure stands long enough to be read. */
const FIRST = 500
const EVERY = 200

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ' ')

/** @param now the milliseconds of any clock that only goes forward */
export const progressOn = (terminal: Writable, now: () => number): Progress => {
  const start = now()
  let next = start + FIRST
  let shown = false
  return {
    show: (lines) => {
      const time = now()
      if (time < next) return
      next = time + EVERY
      shown = true
      const rate = Math.round((lines * 1000) / (time - start))
      terminal.write(`\r\u001b[K${grouped(lines)} lines read, ${grouped(rate)} a second`)
    },
    erase: () => {
      if (!shown) return
      shown = false
      terminal.write('\r\u001b[K')
    }
  }
}
