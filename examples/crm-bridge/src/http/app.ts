import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { secureHeaders } from 'hono/secure-headers'
import type { Bridge } from '../Bridge.js'
import type { Employees } from '../call/employees.js'
import { messageOf } from '../log.js'
import type { Pbx } from '../pbxAccess.js'
import type { Reconciler } from '../Reconciler.js'
import { isAway } from '../store/failures.js'
import { refuse } from './answers.js'
import type { Bindings } from './Bindings.js'
import { callList } from './callList.js'
import { calls } from './calls.js'
import { clients } from './clients.js'
import { crm } from './crm.js'
import { events } from './events.js'
import { hook } from './hook.js'
import { overview } from './overview.js'
import { ownRequests, type OwnNames } from './ownRequests.js'
import { readPage } from './page.js'
import { recordingLinks } from './recordingLinks.js'
import { records } from './records.js'
import { signIn, tokenAsked } from './token.js'

/** What the HTTP side is made with. */
export interface AppOptions {
  readonly bridge: Bridge
  readonly pbx: Pbx | undefined
  /** Absent, if there is no CRM. */
  readonly outbox?: Parameters<typeof crm>[2]
  readonly reconciler: Reconciler | undefined
  readonly secret?: string
  /** What the API and the page ask for; without it they ask for nothing. */
  readonly token?: string
  readonly names: OwnNames
  readonly employees: Employees
  /** Ends what would never end by itself. */
  readonly ended: AbortSignal
  readonly ivrVariable: string
}

/** Everything that the bridge answers. */
export const appOf = ({ bridge, pbx, outbox, reconciler, secret, token, names, employees, ended, ivrVariable }: AppOptions): Hono<Bindings> => {
  const app = new Hono<Bindings>()
  // the page is one file: its own script, by its digest, its own style, and nothing from anywhere else but recordings
  const { html, scriptDigest } = readPage()
  const page = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [`'${scriptDigest}'`],
      styleSrc: ["'unsafe-inline'"],
      imgSrc: ['data:'],
      connectSrc: ["'self'"],
      // a recording lies where the PBX says
      mediaSrc: ["'self'", 'https:', 'http:'],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"]
    },
    referrerPolicy: 'no-referrer'
  })

  // what stands above the guards is not guarded by them: the hook has its secret, and the PBX any name for it
  hook(app, bridge, { ivrVariable, ...(secret === undefined ? {} : { secret }) })
  if (pbx !== undefined && token !== undefined) recordingLinks(app, bridge.database, pbx, token)
  app.use(ownRequests(names))
  if (token !== undefined) {
    app.get('/', signIn(token))
    app.use(tokenAsked(token))
  }

  app.get('/', page, (c) => c.html(html))
  records(app, bridge, pbx)
  overview(app, bridge, reconciler)
  events(app, bridge, ended)
  callList(app, bridge, employees)
  clients(app, bridge)
  calls(app, bridge, pbx)
  crm(app, bridge, outbox)

  app.notFound((c) => refuse(c, 404, 'there is nothing here'))
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    const away = isAway(error)
    bridge.log(away ? 'warn' : 'error', 'a request failed', { path: routePath(c), why: messageOf(error) })
    return refuse(c, away ? 503 : 500, away ? 'the database is away' : 'a mistake of this program')
  })
  return app
}
