import { isLeft } from 'fp-ts/lib/Either.js'
import type { CallEvent, DecodeError } from '../index.js'
import { decodeLine } from './decodeLine.js'
import type { Input } from './Input.js'
import { lineSplitter, type LineSplitter } from './LineSplitter.js'
import { isBlank, lineText } from './lineText.js'
import type { Reporter } from './Reporter.js'
import { isSystemError } from './systemError.js'

/** What is done with the events, and between the chunks in which they are read. */
export interface Reading {
  readonly event: (event: CallEvent) => void
  /** After each chunk, with the lines and the bytes read so far: something to wait for, if the output is behind. */
  readonly chunkRead: (lines: number, bytes: number) => Promise<void> | undefined
  /** Nobody reads the output any more. */
  readonly stopped: () => boolean
}

/** No event is nearly as long; a file without any line feed must not fill the memory. */
const LONGEST_LINE = 1_048_576

const OVERLONG: DecodeError = { field: '', value: '', reason: `is longer than ${LONGEST_LINE} bytes` }

const linesOf = (input: Input, reading: Reading, report: Reporter, count: () => void): LineSplitter =>
  lineSplitter(LONGEST_LINE, {
    line: (bytes, number) => {
      count()
      const text = lineText(bytes)
      if (isBlank(text)) return
      const decoded = decodeLine(text)
      if (isLeft(decoded)) {
        report.rejected(input.name, number, decoded.left)
        report.keepRejected(bytes, true)
      } else if (decoded.right.kind !== 'ignored') reading.event(decoded.right)
    },
    overlong: (bytes, number, last) => {
      report.keepRejected(bytes, last)
      if (!last) return
      count()
      report.rejected(input.name, number, OVERLONG)
    }
  })

/**
 * Reads all inputs, chunk by chunk; a line that is no event, or an input that cannot be read, is reported
 * and costs nothing else. Waits only where there is something to wait for, never per line.
 */
export const readEvents = async (inputs: ReadonlyArray<Input>, reading: Reading, report: Reporter): Promise<void> => {
  let lines = 0
  let bytes = 0
  const afterChunk = async (): Promise<void> => {
    await reading.chunkRead(lines, bytes)
    await report.flush()
  }
  for (const input of inputs) {
    const splitter = linesOf(input, reading, report, () => {
      lines += 1
    })
    try {
      for await (const chunk of input.chunks((more) => (bytes += more))) {
        splitter.push(chunk)
        await afterChunk()
        if (reading.stopped()) return
      }
    } catch (error) {
      // anything but a failed read is a mistake of this program, and not to be taken for one
      if (!isSystemError(error)) return Promise.reject(error instanceof Error ? error : new Error(String(error)))
      report.unreadable(input.name, error)
    }
    splitter.end()
    await afterChunk()
    if (reading.stopped()) return
  }
}
