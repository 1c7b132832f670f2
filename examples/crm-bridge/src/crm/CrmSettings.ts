import type { Crm } from './Crm.js'

/** What the environment says of the CRM. Times are milliseconds. */
export interface CrmSettings {
  readonly name: Crm['name']
  readonly url: string
  readonly token: string
  readonly usersFile?: string
  readonly defaultUser?: string
  /** The name of the integration, as amoCRM shows it. */
  readonly source: string
  readonly createLeads: boolean
  readonly idProperty: string
  /** With these Bitrix24's token is renewed. */
  readonly renewal?: { readonly refreshToken: string; readonly clientId: string; readonly clientSecret: string; readonly url: string }
  /** By what address the CRM, or the browser of its user, reaches the bridge for a recording. */
  readonly recordingsUrl?: string
  readonly delay: number
  readonly timeout: number
  readonly retry: number
  readonly perSecond: number
}

type Environment = Readonly<Record<string, string | undefined>>

/** Where each is, if it is one for all; how often it may be asked, a little less than it allows. */
const CRMS: Readonly<Record<Crm['name'], { readonly url?: string; readonly perSecond: number }>> = {
  amocrm: { perSecond: 6 },
  bitrix24: { perSecond: 2 },
  hubspot: { url: 'https://api.hubapi.com', perSecond: 8 }
}

const isCrm = (name: string | undefined): name is Crm['name'] => name !== undefined && Object.hasOwn(CRMS, name)

/** The numbers: their defaults, and what makes sense. */
const NUMBERS = {
  CRM_DELAY_MS: [10_000, 0, 3_600_000],
  CRM_TIMEOUT_MS: [20_000, 100, 600_000],
  CRM_RETRY_MS: [1_000, 10, 3_600_000],
  CRM_PER_SECOND: [0, 1, 1_000]
} as const

/** A token is not sent in the clear, but on the machine itself. */
const isSafe = (url: string): boolean => {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname))
}

const given = (value: string | undefined): value is string => value !== undefined && value !== ''

/** What of it cannot be used, in sentences without values. */
export const wrongCrm = (env: Environment): ReadonlyArray<string> => {
  const { CRM, CRM_URL, CRM_TOKEN, CRM_DEFAULT_USER, CRM_RECORDINGS_URL, CRM_OAUTH_URL } = env
  if (!given(CRM)) return []
  if (!isCrm(CRM)) return ['CRM is none of amocrm, bitrix24, hubspot']
  const renewal = [env.CRM_REFRESH_TOKEN, env.CRM_CLIENT_ID, env.CRM_CLIENT_SECRET].filter(given).length
  return [
    ...(given(CRM_URL) || CRMS[CRM].url !== undefined ? [] : ['CRM_URL is missing: the address of the account, https://…']),
    ...['CRM_URL', 'CRM_RECORDINGS_URL', 'CRM_OAUTH_URL'].flatMap((name) => (given(env[name]) && !isSafe(env[name]) ? [`${name} is no address with https`] : [])),
    ...(given(CRM_TOKEN) && /^[\x21-\x7e]+$/.test(CRM_TOKEN) ? [] : ['CRM_TOKEN is missing, or has characters that no token has']),
    ...(CRM === 'bitrix24' && !given(CRM_DEFAULT_USER) ? ['CRM_DEFAULT_USER is missing: Bitrix24 takes no call without a user'] : []),
    ...(given(CRM_DEFAULT_USER) && !/^\d+$/.test(CRM_DEFAULT_USER) ? ['CRM_DEFAULT_USER is no id of a user'] : []),
    ...(renewal === 0 || renewal === 3 ? [] : ['CRM_REFRESH_TOKEN, CRM_CLIENT_ID and CRM_CLIENT_SECRET are given all three, or not at all']),
    ...((renewal > 0 || given(CRM_OAUTH_URL)) && CRM !== 'bitrix24' ? ['only the token of Bitrix24 is renewed'] : []),
    ...(given(CRM_RECORDINGS_URL) && !(given(env.BRIDGE_TOKEN) && given(env.PBX_URL)) ? ['CRM_RECORDINGS_URL needs BRIDGE_TOKEN, with which the links are signed, and PBX_URL'] : []),
    ...(given(env.CRM_CREATE_LEADS) && !/^[01]$/.test(env.CRM_CREATE_LEADS) ? ['CRM_CREATE_LEADS is neither 0 nor 1'] : []),
    ...(given(env.CRM_ID_PROPERTY) && !/^[a-z][a-z0-9_]*$/.test(env.CRM_ID_PROPERTY) ? ['CRM_ID_PROPERTY is no name of a property'] : []),
    ...Object.entries(NUMBERS).flatMap(([name, [, least, most]]) => {
      const value = env[name]
      return given(value) && !(/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most) ? [`${name} is no whole number from ${least} to ${most}`] : []
    })
  ]
}

/** Of an environment with which nothing is wrong; undefined, if there is no CRM. */
export const crmSettings = (env: Environment): CrmSettings | undefined => {
  const { CRM: name, CRM_URL, CRM_TOKEN: token, CRM_REFRESH_TOKEN: refreshToken, CRM_CLIENT_ID: clientId, CRM_CLIENT_SECRET: clientSecret } = env
  if (!isCrm(name) || token === undefined) return undefined
  const number = (key: keyof typeof NUMBERS): number => (given(env[key]) ? Number(env[key]) : NUMBERS[key][0])
  return {
    name,
    url: given(CRM_URL) ? CRM_URL : (CRMS[name].url ?? ''),
    token,
    source: given(env.CRM_SOURCE) ? env.CRM_SOURCE : 'crm-bridge',
    createLeads: env.CRM_CREATE_LEADS !== '0',
    idProperty: given(env.CRM_ID_PROPERTY) ? env.CRM_ID_PROPERTY : 'call_legs_id',
    delay: number('CRM_DELAY_MS'),
    timeout: number('CRM_TIMEOUT_MS'),
    retry: number('CRM_RETRY_MS'),
    perSecond: number('CRM_PER_SECOND') || CRMS[name].perSecond,
    ...(given(env.CRM_USERS) ? { usersFile: env.CRM_USERS } : {}),
    ...(given(env.CRM_DEFAULT_USER) ? { defaultUser: env.CRM_DEFAULT_USER } : {}),
    ...(given(env.CRM_RECORDINGS_URL) ? { recordingsUrl: env.CRM_RECORDINGS_URL.replace(/\/+$/, '') } : {}),
    ...(given(refreshToken) && given(clientId) && given(clientSecret)
      ? { renewal: { refreshToken, clientId, clientSecret, url: given(env.CRM_OAUTH_URL) ? env.CRM_OAUTH_URL : 'https://oauth.bitrix.info/oauth/token' } }
      : {})
  }
}
