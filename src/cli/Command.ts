import type { Config, Micros } from '../index.js'
import type { ExitStatus } from './ExitStatus.js'
import type { Zone } from './when.js'

/** What both commands are told. */
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
  readonly format?: 'json' | 'table' | undefined
  readonly changes: boolean
  readonly lateness?: Micros | undefined
  readonly anomalies?: string | undefined
}

/** `call-legs explain` */
export interface ExplainCommand extends Told {
  readonly name: 'explain'
  /** In lower case, as the library has it. */
  readonly callId: string
}

/** What the user wants; `none` if he has his answer already: the help, the version, or what is wrong with his words. */
export type Command = ClassifyCommand | ExplainCommand | { readonly name: 'none'; readonly status: ExitStatus }
