import * as t from 'io-ts'
import { digestOf } from '../store/digest.js'
import type { Grant } from '../store/crmGrants.js'
import { asking, type Answer } from './request.js'

/** What an application of Bitrix24 was given when it was installed. */
export interface BitrixCredentials {
  readonly token: string
  /** With these three the bridge renews the token, which lasts an hour. */
  readonly renewal?: { readonly refreshToken: string; readonly clientId: string; readonly clientSecret: string; readonly url: string }
}

/** Keeps what was given last: each renewal gives the token for the next one. */
export interface Grants {
  readonly read: (digest: string) => Promise<Grant | undefined>
  readonly write: (digest: string, grant: Grant) => Promise<unknown>
}

export interface BitrixTokens {
  readonly current: () => Promise<string>
  /** Another token than the spent one. */
  readonly renew: (spent: string, signal: AbortSignal) => Promise<Extract<Answer, { readonly kind: 'away' }> | undefined>
}

const Given = t.type({ access_token: t.string, refresh_token: t.string })

const REINSTALL = 'Bitrix24 does not renew the token: install the application again, and set CRM_TOKEN and CRM_REFRESH_TOKEN anew'

export const bitrixTokens = ({ token, renewal }: BitrixCredentials, grants: Grants): BitrixTokens => {
  if (renewal === undefined) {
    return { current: () => Promise.resolve(token), renew: () => Promise.resolve({ kind: 'away', why: 'Bitrix24 does not accept the token', sure: true }) }
  }
  const { refreshToken, clientId, clientSecret, url } = renewal
  const ask = asking(url, 1, () => undefined)
  // another token in the environment begins anew
  const digest = digestOf({ url, clientId, refreshToken })
  const stored = async (): Promise<Grant> => (await grants.read(digest)) ?? { access: token, refresh: refreshToken }
  return {
    current: async () => (await stored()).access,
    renew: async (spent, signal) => {
      const { access, refresh } = await stored()
      // another process was first
      if (access !== spent) return undefined
      const query = new URLSearchParams({ grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret, refresh_token: refresh })
      const answer = await ask({ method: 'GET', path: `/?${query.toString()}`, secret: clientSecret, signal })
      if (answer.kind === 'away') return answer
      if (!Given.is(answer.body)) return { kind: 'away', why: REINSTALL, sure: true }
      await grants.write(digest, { access: answer.body.access_token, refresh: answer.body.refresh_token })
      return undefined
    }
  }
}
