import { left, right, type Either } from 'fp-ts/lib/Either.js'
import { parseFault, type Fault } from './fault.js'
import { isLevel, type Level } from './log.js'

/** Where the vendor's API is, and who asks. */
export interface PbxAccess {
  readonly baseUrl: string
  readonly clientId: string
  readonly clientSecret: string
}

/** What the environment decides. Times are milliseconds. */
export interface Settings {
  readonly port: number
  readonly secret?: string
  readonly dataDir: string
  readonly databaseUrl?: string
  readonly directoryFile?: string
  readonly pbx?: PbxAccess
  /** The variable of the IVR that takes the responsible extension. */
  readonly ivrVariable: string
  readonly missedRule: 'never-accepted' | 'last-hangup'
  readonly missedAtPhone: boolean
  readonly local: boolean
  readonly settle: number
  readonly ringTimeout: number
  readonly closedRetention: number
  readonly openRetention: number
  readonly tick: number
  readonly grace: number
  readonly catchUp: number
  readonly old: number
  readonly logLevel: Level
  readonly clockOffsetFile?: string
  readonly fault?: Fault
}

type Environment = Readonly<Record<string, string | undefined>>

/** The numbers: their defaults, and the largest that makes sense. */
const NUMBERS = {
  PORT: [8080, 65_535],
  SETTLE_MS: [5_000, 86_400_000],
  RING_TIMEOUT_MS: [180_000, 86_400_000],
  CLOSED_RETENTION_MS: [7_200_000, 31_536_000_000],
  OPEN_RETENTION_MS: [86_400_000, 31_536_000_000],
  TICK_MS: [500, 60_000],
  GRACE_MS: [15_000, 3_600_000],
  CATCH_UP_MS: [600_000, 86_400_000],
  OLD_MS: [60_000, 86_400_000]
} as const

const SWITCHES = ['MISSED_AT_PHONE', 'LOCAL'] as const

const given = (value: string | undefined): value is string => value !== undefined && value !== ''

const wrongNumbers = (env: Environment): ReadonlyArray<string> =>
  Object.entries(NUMBERS).flatMap(([name, [, most]]) => {
    const value = env[name]
    return given(value) && !(/^\d+$/.test(value) && Number(value) <= most) ? [`${name} is no whole number from 0 to ${most}`] : []
  })

/** What is wrong, without the values: one of them may be a secret. */
const wrongs = (env: Environment): ReadonlyArray<string> => {
  const pbx = [env.PBX_URL, env.PBX_CLIENT_ID, env.PBX_CLIENT_SECRET].filter(given).length
  return [
    ...wrongNumbers(env),
    ...SWITCHES.flatMap((name) => (given(env[name]) && !/^[01]$/.test(env[name] ?? '') ? [`${name} is neither 0 nor 1`] : [])),
    ...(pbx === 0 || pbx === 3 ? [] : ['PBX_URL, PBX_CLIENT_ID and PBX_CLIENT_SECRET are given all three, or not at all']),
    ...(given(env.MISSED_RULE) && !['never-accepted', 'last-hangup'].includes(env.MISSED_RULE) ? ['MISSED_RULE is neither never-accepted nor last-hangup'] : []),
    ...(given(env.LOG_LEVEL) && !isLevel(env.LOG_LEVEL) ? ['LOG_LEVEL is none of debug, info, warn, error'] : []),
    ...(given(env.IVR_VARIABLE) && !/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(env.IVR_VARIABLE) ? ['IVR_VARIABLE is no name of a variable'] : []),
    ...(given(env.BRIDGE_FAULT) && parseFault(env.BRIDGE_FAULT) === undefined ? ['BRIDGE_FAULT is no point:n'] : [])
  ]
}

/** Reads the environment; or says, in sentences, what in it cannot be used. */
export const settingsOf = (env: Environment): Either<ReadonlyArray<string>, Settings> => {
  const wrong = wrongs(env)
  if (wrong.length > 0) return left(wrong)
  const number = (name: keyof typeof NUMBERS): number => (given(env[name]) ? Number(env[name]) : NUMBERS[name][0])
  const fault = given(env.BRIDGE_FAULT) ? parseFault(env.BRIDGE_FAULT) : undefined
  const { PBX_URL: baseUrl, PBX_CLIENT_ID: clientId, PBX_CLIENT_SECRET: clientSecret } = env
  return right({
    port: number('PORT'),
    dataDir: given(env.DATA_DIR) ? env.DATA_DIR : './data',
    ivrVariable: given(env.IVR_VARIABLE) ? env.IVR_VARIABLE : 'responsible',
    missedRule: env.MISSED_RULE === 'last-hangup' ? 'last-hangup' : 'never-accepted',
    missedAtPhone: env.MISSED_AT_PHONE === '1',
    local: env.LOCAL === '1',
    settle: number('SETTLE_MS'),
    ringTimeout: number('RING_TIMEOUT_MS'),
    closedRetention: number('CLOSED_RETENTION_MS'),
    openRetention: number('OPEN_RETENTION_MS'),
    tick: Math.max(1, number('TICK_MS')),
    grace: number('GRACE_MS'),
    catchUp: number('CATCH_UP_MS'),
    old: number('OLD_MS'),
    logLevel: given(env.LOG_LEVEL) && isLevel(env.LOG_LEVEL) ? env.LOG_LEVEL : 'info',
    ...(given(env.BRIDGE_SECRET) ? { secret: env.BRIDGE_SECRET } : {}),
    ...(given(env.DATABASE_URL) ? { databaseUrl: env.DATABASE_URL } : {}),
    ...(given(env.DIRECTORY) ? { directoryFile: env.DIRECTORY } : {}),
    ...(given(baseUrl) && given(clientId) && given(clientSecret) ? { pbx: { baseUrl, clientId, clientSecret } } : {}),
    ...(given(env.BRIDGE_CLOCK_OFFSET_FILE) ? { clockOffsetFile: env.BRIDGE_CLOCK_OFFSET_FILE } : {}),
    ...(fault === undefined ? {} : { fault })
  })
}
