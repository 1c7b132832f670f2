import type { Config, EpochMicros, Micros } from '../index.js'
import type { Mishaps } from '../testing/mishaps.js'
import type { ExitStatus } from './ExitStatus.js'
import type { RecordFilter } from './recordFilter.js'
import type { Zone } from './when.js'

/** What all commands that read events are told. */
interface Told {
  /** None: the standard input, which is `-` as well. */
  readonly files: ReadonlyArray<string>
  /** Without the directory, which is in a file. */
  readonly config: Config
  readonly directory?: string | undefined
  readonly rejects?: string | undefined
  readonly zone: Zone
}

/** `call-legs classify` */
export interface ClassifyCommand extends Told {
  readonly name: 'classify'
  readonly format?: 'json' | 'table' | 'csv' | undefined
  readonly changes: boolean
  readonly lateness?: Micros | undefined
  readonly anomalies?: string | undefined
  readonly filter: RecordFilter
}

/** `call-legs explain` */
export interface ExplainCommand extends Told {
  readonly name: 'explain'
  /** In lower case, as the library has it; it may be cut short. */
  readonly callId: string
  readonly format: 'text' | 'json'
}

/** `call-legs draw` */
export interface DrawCommand extends Told {
  readonly name: 'draw'
  readonly callId: string
  readonly format: 'svg' | 'mermaid'
}

/** `call-legs summary` */
export interface SummaryCommand extends Told {
  readonly name: 'summary'
  readonly filter: RecordFilter
}

/** `call-legs report` */
export interface ReportCommand extends Told {
  readonly name: 'report'
  readonly filter: RecordFilter
  readonly output: string
}

/** `call-legs reconcile`; without files nothing is known. */
export interface ReconcileCommand extends Told {
  readonly name: 'reconcile'
  readonly since: EpochMicros
  /** Default: now. */
  readonly until?: EpochMicros | undefined
  /** Prints the events that bring what is missing, not the differences. */
  readonly events: boolean
}

/** `call-legs simulate` */
export interface SimulateCommand extends Mishaps {
  readonly name: 'simulate'
  readonly calls: number
  readonly seed: number
  readonly days: number
}

/** `call-legs subscribe` */
export interface SubscribeCommand {
  readonly name: 'subscribe'
  /** With its secret, perhaps: nothing to be printed. */
  readonly url: string
  readonly dryRun: boolean
  readonly remove: boolean
}

/** The commands that read events. */
export type ReadingCommand = ClassifyCommand | ExplainCommand | DrawCommand | SummaryCommand | ReportCommand | ReconcileCommand

/** What the user wants; `none` if he has his answer already: the help, the version, or what is wrong with his words. */
export type Command = ReadingCommand | SimulateCommand | SubscribeCommand | { readonly name: 'none'; readonly status: ExitStatus }
