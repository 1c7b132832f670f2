import type { Writable } from 'node:stream'

/** How far the reading is, for a person who waits at a terminal. */
export interface Progress {
  readonly show: (lines: number, bytes: number) => void
  /** Before anything else is written to the terminal, and at the end. */
  readonly erase: () => void
}

export const noProgress: Progress = { show: () => undefined, erase: () => undefined }

/** Milliseconds: a short reading shows nothing, and a figure stands long enough to be read. */
const FIRST = 500
const EVERY = 200

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ' ')

const lasting = (seconds: number): string => (seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`)

/**
 * @param now the milliseconds of any clock that only goes forward
 * @param total how many bytes there are to read, if that is known
 */
export const progressOn = (terminal: Writable, now: () => number, total: number | undefined): Progress => {
  const start = now()
  let next = start + FIRST
  let shown = false
  /** How much of it is read, and how long the rest takes at this rate. */
  const rest = (bytes: number, elapsed: number): string => {
    if (total === undefined || total === 0 || bytes === 0) return ''
    const share = Math.min(1, bytes / total)
    return `, ${Math.floor(share * 100)} %, ${lasting(Math.ceil((elapsed * (1 - share)) / share / 1000))} left`
  }
  return {
    show: (lines, bytes) => {
      const time = now()
      if (time < next) return
      next = time + EVERY
      shown = true
      const rate = Math.round((lines * 1000) / (time - start))
      terminal.write(`\r\u001b[K${grouped(lines)} lines read, ${grouped(rate)} a second${rest(bytes, time - start)}`)
    },
    erase: () => {
      if (!shown) return
      shown = false
      terminal.write('\r\u001b[K')
    }
  }
}
