import { isIPv6 } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import { refuse } from './answers.js'

/** By what names the bridge is asked. */
export interface OwnNames {
  /** The address that it listens on. */
  readonly listen: string
  /** What a proxy calls it, with the port that the address of the page has, if it has one. */
  readonly hosts: ReadonlyArray<string>
}

/** By these a browser on the same machine reaches the bridge, and nobody can have them lead elsewhere. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

const urlOf = (scheme: string, host: string): URL | undefined => (URL.canParse(`${scheme}//${host}`) ? new URL(`${scheme}//${host}`) : undefined)

/**
 * Lets in what comes from the bridge's own page, or from no page at all, to one of the bridge's own names. Somebody
 * else's page may have its name lead to this machine, and read whatever is answered to that name: the `Host` is then
 * still the page's. The `csrf` of Hono lets every GET pass, for it guards what is written, and not what is read.
 */
export const ownRequests = ({ listen, hosts }: OwnNames): MiddlewareHandler => {
  const own = new Set([...LOOPBACK, isIPv6(listen) ? `[${listen}]` : listen, ...hosts])
  return async (c, next) => {
    const host = c.req.header('host') ?? ''
    const asked = urlOf('http:', host)
    const isNamed = asked !== undefined && (own.has(asked.hostname) || own.has(asked.host))
    if (!isNamed) return refuse(c, 403, 'this is no name of the bridge: BRIDGE_HOSTS lists those that a proxy has for it')

    const site = c.req.header('sec-fetch-site') ?? 'none'
    if (site !== 'none' && site !== 'same-origin') return refuse(c, 403, 'a page of another site may not ask the bridge; open the bridge by its own address')

    const origin = c.req.header('origin')
    if (origin === undefined) return next()
    const page = URL.canParse(origin) ? new URL(origin) : undefined
    // a proxy may ask by another name than the browser did: then its own is among those that were given
    const isOwn = page !== undefined && (page.host === urlOf(page.protocol, host)?.host || hosts.includes(page.host))
    return isOwn ? next() : refuse(c, 403, 'a page of another origin may not ask the bridge')
  }
}
