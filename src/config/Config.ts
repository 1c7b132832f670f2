import type { ExtensionType } from '../event/CallEvent.js'
import { hours, minutes, seconds, type Micros } from '../event/time.js'

/**
 * Which extension is what: by the extension's name (`453*102`) or its numeric id (`85219`).
 *
 * @since 0.1.0
 * @category configuration
 */
export type Directory = Readonly<Record<string, ExtensionType>>

/**
 * What the application decides. Everything is optional; times are microseconds
 * ({@link seconds}, {@link minutes}, {@link hours}). A time that is no finite number, or less than nothing,
 * counts as not given, and so does an entry of the directory whose type is none.
 *
 * @since 0.1.0
 * @category configuration
 */
export interface Config {
  /** Which extension is what. Default: nothing is known beyond `ExtType` and `Bridged`. */
  readonly directory?: Directory
  /** `never-accepted` (default): a call with any `Bridged=yes` is no miss. `last-hangup`: the deciding hangup alone speaks. */
  readonly missedRule?: 'never-accepted' | 'last-hangup'
  /** Calls that never saw an IVR or a queue are missed at their last phone. Default: false. */
  readonly missedAtPhone?: boolean
  /** Record calls between extensions too. Default: false. */
  readonly local?: boolean
  /** How long after a call's last event a miss settles. Default: 5 s. */
  readonly settle?: Micros
  /** For how long a phone that rings holds a miss back. Default: 3 min. */
  readonly ringTimeout?: Micros
  /** How long a call whose legs have all hung up is held for late events. Default: 2 h. */
  readonly closedRetention?: Micros
  /** How long a call with something open is held, and a forgotten CallID is kept. Default: 24 h. */
  readonly openRetention?: Micros
  /**
   * A pure function for `remoteNumber`, `did` and `transfer.client` of records. Default: as sent; and so for
   * a number at which it throws, or of which it makes no text.
   */
  readonly normaliseNumber?: (number: string) => string
}

/** The configuration with every choice made. */
export interface Settings {
  readonly directory: ReadonlyMap<string, ExtensionType>
  readonly missedRule: 'never-accepted' | 'last-hangup'
  readonly missedAtPhone: boolean
  readonly local: boolean
  readonly settle: Micros
  readonly ringTimeout: Micros
  readonly closedRetention: Micros
  readonly openRetention: Micros
  readonly normaliseNumber: (number: string) => string
}

const TYPES: ReadonlySet<string> = new Set<ExtensionType>(['phone', 'ivr', 'queue', 'fax'])

/** A duration that a program may have read from anywhere. */
const duration = (given: unknown, otherwise: Micros): Micros =>
  typeof given === 'number' && Number.isFinite(given) && given >= 0 ? Math.floor(given) : otherwise

/** One number that the function cannot bear must not stop every call. */
const guarded =
  (normalise: (number: string) => unknown) =>
  (number: string): string => {
    try {
      const normal = normalise(number)
      return typeof normal === 'string' ? normal : number
    } catch {
      return number
    }
  }

export const settingsOf = (config: Config): Settings => ({
  directory: new Map(Object.entries(config.directory ?? {}).filter(([, type]) => TYPES.has(type))),
  missedRule: config.missedRule ?? 'never-accepted',
  missedAtPhone: config.missedAtPhone ?? false,
  local: config.local ?? false,
  settle: duration(config.settle, seconds(5)),
  ringTimeout: duration(config.ringTimeout, minutes(3)),
  closedRetention: duration(config.closedRetention, hours(2)),
  openRetention: duration(config.openRetention, hours(24)),
  normaliseNumber: config.normaliseNumber === undefined ? (number) => number : guarded(config.normaliseNumber)
})
