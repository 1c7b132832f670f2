import { decodeErrorMessage, type Anomaly, type DecodeError } from '../index.js'
import { anomalyText } from './anomalyText.js'
import { ALL_READ, NOT_READ, SOME_REJECTED, worse, type ExitStatus } from './ExitStatus.js'
import { jsonLine, printable } from './printable.js'
import type { Sink } from './Sink.js'
import { systemErrorMessage } from './systemError.js'
import type { Zone } from './when.js'

/** A sink, and what to call it when it fails. */
export interface NamedSink {
  readonly name: string
  readonly sink: Sink
}

/** Tells what went wrong, on standard error or into the files that were asked for, and remembers the exit status. */
export interface Reporter {
  /** A line that is no event: where, and why. */
  readonly rejected: (input: string, line: number, error: DecodeError) => void
  /** How many lines were none. */
  readonly rejectedLines: () => number
  /** The bytes of a rejected line, verbatim; its line feed with the last of them. */
  readonly keepRejected: (bytes: Uint8Array, last: boolean) => void
  readonly anomaly: (anomaly: Anomaly) => void
  /** An input that could not be read, or not to its end. */
  readonly unreadable: (input: string, error: unknown) => void
  /** Any other line of this command to the user. */
  readonly say: (message: string, status: ExitStatus) => void
  /** Something to wait for, if a reader is behind. */
  readonly pressure: () => Promise<void> | undefined
  /** Hands everything over, and then as `pressure`. */
  readonly flush: () => Promise<void> | undefined
  /** Everything is written; the exit status of it all. */
  readonly end: () => Promise<ExitStatus>
}

export interface ReporterOptions {
  readonly stderr: Sink
  readonly zone: Zone
  /** The files that were asked for. */
  readonly rejects?: NamedSink | undefined
  readonly anomalies?: NamedSink | undefined
  readonly output?: NamedSink | undefined
  /** Tell each anomaly on standard error, rather than of each kind how many there are. */
  readonly everyAnomaly?: boolean
}

const LINE_FEED = Uint8Array.of(10)

export const reporter = ({ stderr, zone, rejects, anomalies, output, everyAnomaly = false }: ReporterOptions): Reporter => {
  let status: ExitStatus = ALL_READ
  let rejectedLines = 0
  /** Of each kind one example: a million events may have thousands. */
  const counted = new Map<Anomaly['kind'], { readonly example: Anomaly; count: number }>()
  const files = [rejects, anomalies, output].flatMap((file) => (file === undefined ? [] : [file]))
  const sinks = [stderr, ...files.map((file) => file.sink)]

  const all = (waitFor: (sink: Sink) => Promise<void> | undefined): Promise<void> | undefined => {
    const waiting = sinks.flatMap((sink) => waitFor(sink) ?? [])
    return waiting.length === 0 ? undefined : Promise.all(waiting).then(() => undefined)
  }

  const say = (message: string, then: ExitStatus): void => {
    status = worse(status, then)
    stderr.write(`call-legs: ${printable(message)}\n`)
  }
  return {
    rejected: (input, line, error) => {
      rejectedLines += 1
      say(`${input}:${line}: ${decodeErrorMessage(error)}`, SOME_REJECTED)
    },
    rejectedLines: () => rejectedLines,
    keepRejected: (bytes, last) => {
      rejects?.sink.write(bytes)
      if (last) rejects?.sink.write(LINE_FEED)
    },
    anomaly: (anomaly) => {
      if (anomalies !== undefined) return anomalies.sink.write(jsonLine(anomaly))
      if (everyAnomaly) return say(anomalyText(zone, anomaly), ALL_READ)
      const known = counted.get(anomaly.kind)
      if (known === undefined) counted.set(anomaly.kind, { example: anomaly, count: 1 })
      else known.count += 1
    },
    unreadable: (input, error) => say(`${input}: ${systemErrorMessage(error)}`, NOT_READ),
    say,
    pressure: () => all((sink) => sink.pressure()),
    flush: () => all((sink) => sink.flush()),
    end: async () => {
      const kinds = [...counted.values()].sort((a, b) => b.count - a.count)
      for (const { example, count } of kinds) say(`${count === 1 ? '' : `${count} times, for example: `}${anomalyText(zone, example)}`, ALL_READ)
      if (kinds.some(({ count }) => count > 1)) say('--anomalies FILE keeps every anomaly as JSON, --anomalies - tells each here', ALL_READ)
      for (const { name, sink } of files) {
        await sink.end()
        const failure = sink.failure()
        if (failure !== undefined) say(`${name}: ${systemErrorMessage(failure)}`, NOT_READ)
      }
      await stderr.end()
      return status
    }
  }
}
