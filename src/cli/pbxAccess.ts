import { left, right, type Either } from 'fp-ts/lib/Either.js'
import { minutes } from '../index.js'
import { restPorts, type RestPorts } from '../rest/index.js'

const NAMES = ['CALL_LEGS_API_URL', 'CALL_LEGS_CLIENT_ID', 'CALL_LEGS_CLIENT_SECRET'] as const

const given = (value: string | undefined): value is string => value !== undefined && value !== ''

/** The PBX that the environment names: secrets are no words of a command line, which everybody on the machine sees. */
export const pbxAccess = (env: NodeJS.ProcessEnv): Either<string, RestPorts> => {
  const missing = NAMES.filter((name) => !given(env[name]))
  if (missing.length > 0) return left(`the access to the PBX is not set up: the environment has no ${missing.join(', ')}`)
  const { CALL_LEGS_API_URL: baseUrl = '', CALL_LEGS_CLIENT_ID: clientId = '', CALL_LEGS_CLIENT_SECRET: clientSecret = '' } = env
  // a command has more patience than a request that somebody waits for
  return right(restPorts({ baseUrl, clientId, clientSecret, rateLimitWait: minutes(1) }))
}

/** The address of the events, with the secret of the environment if it has none of its own; an address that is none stays as it is. */
export const withSecret = (url: string, { CALL_LEGS_HOOK_SECRET: secret }: NodeJS.ProcessEnv): string => {
  if (!given(secret) || !URL.canParse(url)) return url
  const address = new URL(url)
  if (!address.searchParams.has('secret')) address.searchParams.set('secret', secret)
  return address.href
}
