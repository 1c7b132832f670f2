import type { MiddlewareHandler } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { getSignedCookie, setSignedCookie } from 'hono/cookie'
import { timingSafeEqual } from 'hono/utils/buffer'
import { refuse } from './answers.js'

/** Signed with the token, it proves that the browser has shown it, does not hold it, and ends with it. */
const COOKIE = 'crm-bridge'
const SIGNED = 'in'

const ASKS = 'the bridge asks for its token: open it once with ?token=… in a browser, or send it as Authorization: Bearer …'
const WRONG = 'the token is wrong'

/** A browser shows the token once, `/?token=…`, and is sent on with a cookie, so that it stays out of the address. */
export const signIn =
  (token: string): MiddlewareHandler =>
  async (c, next) => {
    const given = c.req.query('token')
    if (given === undefined) return next()
    c.header('cache-control', 'no-store')
    if (!(await timingSafeEqual(token, given))) return refuse(c, 401, WRONG)
    const secure = c.req.header('x-forwarded-proto') === 'https'
    await setSignedCookie(c, COOKIE, SIGNED, token, { httpOnly: true, sameSite: 'Strict', path: '/', secure })
    return c.redirect('/', 303)
  }

/** Whoever has the cookie, or sends the token, is let in. */
export const tokenAsked = (token: string): MiddlewareHandler => {
  const bearer: MiddlewareHandler = bearerAuth({
    token,
    noAuthenticationHeader: { message: { error: ASKS } },
    invalidAuthenticationHeader: { message: { error: ASKS } },
    invalidToken: { message: { error: WRONG } }
  })
  return async (c, next) => ((await getSignedCookie(c, token, COOKIE)) === SIGNED ? next() : bearer(c, next))
}
