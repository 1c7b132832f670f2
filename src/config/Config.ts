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
 * ({@link seconds}, {@link minutes}, {@link hours}). A configuration that means nothing is a mistake of the program:
 * whoever is made with it throws a `TypeError` that says what is wrong, and never throws later.
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
  /** How long after a call's last event a miss settles, in microseconds: `seconds(5)`, the default. */
  readonly settle?: Micros
  /** For how long a phone that rings holds a miss back, in microseconds: `minutes(3)`, the default. */
  readonly ringTimeout?: Micros
  /** How long a call whose legs have all hung up is held for late events, in microseconds: `hours(2)`, the default. */
  readonly closedRetention?: Micros
  /** How long a call with something open is held, and the CallID of one that was let go is kept, in microseconds: `hours(24)`, the default. */
  readonly openRetention?: Micros
  /** How many legs a call may have; an event of one more is not taken. Default: 1 000. */
  readonly maxLegs?: number
  /** How many different events a leg may have; one more is not taken. Default: 64. */
  readonly maxEvents?: number
  /** How many calls all together may be held; an event of one more is not taken. Default: 1 000 000. */
  readonly maxCalls?: number
  /**
   * A pure function for `remoteNumber`, `did` and `transfer.client` of records. Default: as sent; and so for
   * a number at which it throws, or of which it makes anything but a text. `undefined` says that it is no number: the
   * client has none. Numbers are compared as it gives them, by their digits.
   */
  readonly normaliseNumber?: (number: string) => string | undefined
}

/** The configuration with every choice made. */
export interface Settings extends Required<Omit<Config, 'directory'>> {
  readonly directory: ReadonlyMap<string, ExtensionType>
  /** The prefixes of the extensions in the directory: `453` of `453*102`. */
  readonly prefixes: ReadonlySet<string>
}

const TYPES = { phone: null, ivr: null, queue: null, fax: null } satisfies Record<ExtensionType, null>
const MISSED_RULES = { 'never-accepted': null, 'last-hangup': null } satisfies Record<Settings['missedRule'], null>

const MILLISECOND: Micros = 1_000

/** One number that the function cannot bear must not stop every call. */
const guarded =
  (normalise: (number: string) => unknown) =>
  (number: string): string | undefined => {
    try {
      const normal = normalise(number)
      if (typeof normal === 'string') return normal.trim() === '' ? undefined : normal
      return normal === undefined ? undefined : number
    } catch {
      return number
    }
  }

/** What is wrong with a value, if something is: the words after its name and itself. */
type Check = (value: unknown) => string | undefined

const duration: Check = (value) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) return 'is no whole number of microseconds: seconds(5), minutes(3), hours(2) are'
  return value > 0 && value < MILLISECOND ? `is less than a millisecond; durations are microseconds: seconds(${value})` : undefined
}
const count: Check = (value) => (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? undefined : 'is no whole number above 0')
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'is neither true nor false')
const oneOf =
  (words: object): Check =>
  (value) =>
    typeof value === 'string' && Object.hasOwn(words, value) ? undefined : `is none of ${Object.keys(words).join(', ')}`

const CHECKS: { readonly [K in keyof Config]-?: Check } = {
  directory: (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'is no object of extensions and their types'),
  missedRule: oneOf(MISSED_RULES),
  missedAtPhone: flag,
  local: flag,
  settle: duration,
  ringTimeout: duration,
  closedRetention: duration,
  openRetention: duration,
  maxLegs: count,
  maxEvents: count,
  maxCalls: count,
  normaliseNumber: (value) => (typeof value === 'function' ? undefined : 'is no function')
}

const shown = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : typeof value === 'number' || typeof value === 'boolean' ? String(value) : `what was given`)

const isOption = (option: string): option is keyof Config => Object.hasOwn(CHECKS, option)

const isType = oneOf(TYPES)

/** A sentence for each thing that means nothing. */
const mistakes = (config: unknown): ReadonlyArray<string> => {
  if (typeof config !== 'object' || config === null) return ['the configuration is no object']
  return Object.entries(config).flatMap(([option, value]: readonly [string, unknown]) => {
    if (!isOption(option)) return [`${option} is no option; there are ${Object.keys(CHECKS).join(', ')}`]
    if (value === undefined) return []
    const wrong = CHECKS[option](value)
    if (wrong !== undefined) return [`${option}: ${shown(value)} ${wrong}`]
    if (option !== 'directory') return []
    return Object.entries(value ?? {}).flatMap(([extension, type]: readonly [string, unknown]) => {
      const none = isType(type)
      return none === undefined ? [] : [`directory: the type ${shown(type)} of ${JSON.stringify(extension)} ${none}`]
    })
  })
}

/** The configuration with every choice made; throws a `TypeError` for one that means nothing. */
export const settingsOf = (config: Config): Settings => {
  const wrong = mistakes(config)
  // eslint-disable-next-line functional/no-throw-statements -- a mistake of the program, told where it is made
  if (wrong.length > 0) throw new TypeError(`call-legs: ${wrong.join('; ')}`)
  return {
    directory: new Map(Object.entries(config.directory ?? {})),
    prefixes: new Set(Object.keys(config.directory ?? {}).flatMap((name) => /^(\d+)\*\d+$/.exec(name)?.[1] ?? [])),
    missedRule: config.missedRule ?? 'never-accepted',
    missedAtPhone: config.missedAtPhone ?? false,
    local: config.local ?? false,
    settle: config.settle ?? seconds(5),
    ringTimeout: config.ringTimeout ?? minutes(3),
    closedRetention: config.closedRetention ?? hours(2),
    openRetention: config.openRetention ?? hours(24),
    maxLegs: config.maxLegs ?? 1_000,
    maxEvents: config.maxEvents ?? 64,
    maxCalls: config.maxCalls ?? 1_000_000,
    normaliseNumber: config.normaliseNumber === undefined ? (number) => number : guarded(config.normaliseNumber)
  }
}
