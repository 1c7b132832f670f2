import { BlockList, isIP, isIPv6 } from 'node:net'
import { left, right, type Either } from 'fp-ts/lib/Either.js'
import { crmSettings, wrongCrm, type CrmSettings } from './crm/CrmSettings.js'
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
  /** The address to listen on. */
  readonly listen: string
  readonly port: number
  readonly secret?: string
  /** What the API and the page ask for. */
  readonly token?: string
  /** The names that a proxy has for the bridge. */
  readonly hosts: ReadonlyArray<string>
  readonly dataDir: string
  readonly databaseUrl?: string
  readonly directoryFile?: string
  readonly pbx?: PbxAccess
  readonly crm?: CrmSettings
  /** Where the PBX is to send its events, without the secret; none: the subscriptions are not looked at. */
  readonly subscribeUrl?: string
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
  /** Are the records compared with the PBX's call history? */
  readonly reconcile: boolean
  /** How far back, and at which hour of the night. */
  readonly reconcileBack: number
  readonly reconcileHour: number
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
  OLD_MS: [60_000, 86_400_000],
  RECONCILE_BACK_MS: [172_800_000, 31_536_000_000],
  RECONCILE_HOUR: [3, 23]
} as const

const SWITCHES = ['MISSED_AT_PHONE', 'LOCAL', 'RECONCILE'] as const

const given = (value: string | undefined): value is string => value !== undefined && value !== ''

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

const isLoopback = (address: string): boolean => address === 'localhost' || loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')

/** What an `Authorization: Bearer` can carry, and nobody can guess. */
const TOKEN = /^[A-Za-z0-9._~+/-]{16,}=*$/

/** `crm.example`, `crm.example:8443`, `[2001:db8::1]` */
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*)(:\d{1,5})?$/

const listed = (names: string | undefined): ReadonlyArray<string> => (names ?? '').split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== '')

/** Everybody who reaches the port reads the company's calls, unless a token is asked for. */
const wrongDoors = ({ LISTEN, BRIDGE_TOKEN, BRIDGE_HOSTS }: Environment): ReadonlyArray<string> => {
  const isAddress = !given(LISTEN) || LISTEN === 'localhost' || isIP(LISTEN) !== 0
  return [
    ...(isAddress ? [] : ['LISTEN is no IP address']),
    ...(isAddress && given(LISTEN) && !isLoopback(LISTEN) && !given(BRIDGE_TOKEN) ? ['without BRIDGE_TOKEN the bridge listens on the loopback alone, and LISTEN is another address'] : []),
    ...(given(BRIDGE_TOKEN) && !TOKEN.test(BRIDGE_TOKEN) ? ['BRIDGE_TOKEN is not 16 or more of A-Z a-z 0-9 . _ ~ + / -'] : []),
    ...(listed(BRIDGE_HOSTS).every((name) => HOST.test(name)) ? [] : ['BRIDGE_HOSTS is no list of names with commas between them, crm.example or crm.example:8443'])
  ]
}

const isHookUrl = (text: string): boolean => /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')

const wrongSubscription = ({ SUBSCRIBE_URL, PBX_URL }: Environment): ReadonlyArray<string> => {
  if (!given(SUBSCRIBE_URL)) return []
  if (!isHookUrl(SUBSCRIBE_URL)) return ['SUBSCRIBE_URL is no address such as https://crm.example/hook']
  return given(PBX_URL) ? [] : ['SUBSCRIBE_URL needs PBX_URL, PBX_CLIENT_ID and PBX_CLIENT_SECRET']
}

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
    ...wrongDoors(env),
    ...wrongCrm(env),
    ...wrongSubscription(env),
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
  const crm = crmSettings(env)
  const { PBX_URL: baseUrl, PBX_CLIENT_ID: clientId, PBX_CLIENT_SECRET: clientSecret } = env
  return right({
    listen: given(env.LISTEN) ? env.LISTEN : '127.0.0.1',
    port: number('PORT'),
    hosts: listed(env.BRIDGE_HOSTS),
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
    reconcile: env.RECONCILE !== '0',
    reconcileBack: number('RECONCILE_BACK_MS'),
    reconcileHour: number('RECONCILE_HOUR'),
    logLevel: given(env.LOG_LEVEL) && isLevel(env.LOG_LEVEL) ? env.LOG_LEVEL : 'info',
    ...(given(env.BRIDGE_SECRET) ? { secret: env.BRIDGE_SECRET } : {}),
    ...(given(env.BRIDGE_TOKEN) ? { token: env.BRIDGE_TOKEN } : {}),
    ...(given(env.DATABASE_URL) ? { databaseUrl: env.DATABASE_URL } : {}),
    ...(given(env.DIRECTORY) ? { directoryFile: env.DIRECTORY } : {}),
    ...(given(baseUrl) && given(clientId) && given(clientSecret) ? { pbx: { baseUrl, clientId, clientSecret } } : {}),
    ...(crm === undefined ? {} : { crm }),
    ...(given(env.SUBSCRIBE_URL) ? { subscribeUrl: env.SUBSCRIBE_URL } : {}),
    ...(given(env.BRIDGE_CLOCK_OFFSET_FILE) ? { clockOffsetFile: env.BRIDGE_CLOCK_OFFSET_FILE } : {}),
    ...(fault === undefined ? {} : { fault })
  })
}
