import type { Writable } from 'node:stream'

/** Where text goes: gathered, handed over in large pieces, and never faster than the reader takes it. */
export interface Sink {
  /** Bytes are handed on as they are. After a failure nothing is written any more. */
  readonly write: (data: string | Uint8Array) => void
  /** Something to wait for, if the reader is behind. */
  readonly pressure: () => Promise<void> | undefined
  /** Hands over what was gathered, and then as `pressure`. */
  readonly flush: () => Promise<void> | undefined
  /** Everything has been written, or has failed. */
  readonly end: () => Promise<void>
  /** Why nothing more can be written. */
  readonly failure: () => Error | undefined
}

/** Enough to make few system calls, little enough to be seen at once. */
const GATHERED = 65_536

/**
 * @param beforeWrite is called before anything reaches the stream
 */
export const sinkTo = (stream: Writable, beforeWrite: () => void = () => undefined): Sink => {
  let gathered: Array<string> = []
  let length = 0
  let failed: Error | undefined
  let full = false
  let wake: ReadonlyArray<() => void> = []

  const goOn = (): void => {
    const waiting = wake
    wake = []
    full = false
    for (const resolve of waiting) resolve()
  }
  stream.on('error', (error: Error) => {
    failed ??= error
    goOn()
  })
  stream.on('drain', goOn)
  stream.on('close', goOn)

  const hand = (data: string | Uint8Array): void => {
    beforeWrite()
    full = !stream.write(data)
  }
  const handOver = (): void => {
    if (length === 0) return
    const text = gathered.join('')
    gathered = []
    length = 0
    if (failed === undefined) hand(text)
  }
  const pressure = (): Promise<void> | undefined =>
    full && failed === undefined
      ? new Promise((resolve) => {
          wake = [...wake, resolve]
        })
      : undefined

  return {
    write: (data) => {
      if (failed !== undefined) return
      if (typeof data === 'string') {
        gathered.push(data)
        length += data.length
        if (length >= GATHERED) handOver()
      } else {
        handOver()
        hand(data)
      }
    },
    pressure,
    flush: () => {
      handOver()
      return pressure()
    },
    end: async () => {
      handOver()
      await pressure()
      if (failed !== undefined) return
      // a stream of the process is not ours to close: an empty write is done when all before it is
      await new Promise<void>((resolve) => {
        stream.write('', (error) => {
          // a stream that has failed tells a later write only that it was destroyed: the cause is with the stream
          failed ??= stream.errored ?? error ?? undefined
          resolve()
        })
      })
    },
    failure: () => failed
  }
}
