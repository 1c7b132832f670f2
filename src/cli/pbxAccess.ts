import { left, right, type Either } from 'fp-ts/lib/Either.js'
import { hours } from '../index.js'
import type { RestOptions } from '../rest/index.js'

const NAMES = ['PBX_URL', 'PBX_CLIENT_ID', 'PBX_CLIENT_SECRET'] as const

/** Access to the PBX's API, from the environment: a secret on the command line is there for everybody on the machine to read. */
export const pbxAccess = (env: Readonly<Record<string, string | undefined>>): Either<string, RestOptions> => {
  const [baseUrl, clientId, clientSecret] = NAMES.map((name) => env[name] ?? '')
  const missing = NAMES.filter((name) => !env[name])
  return baseUrl && clientId && clientSecret
    ? // a person who waits for months of history may wait for the hourly limit as well
      right({ baseUrl, clientId, clientSecret, rateLimitWait: hours(1) })
    : left(`the PBX is not known: set ${missing.join(', ')} in the environment`)
}

/** The address of the events, with the secret of the environment if it has none of its own; an address that is none stays as it is. */
export const withSecret = (url: string, { HOOK_SECRET: secret }: Readonly<Record<string, string | undefined>>): string => {
  if (!secret || !URL.canParse(url)) return url
  const address = new URL(url)
  if (!address.searchParams.has('secret')) address.searchParams.set('secret', secret)
  return address.href
}
