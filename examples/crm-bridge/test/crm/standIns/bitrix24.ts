/* Bitrix24 as its documentation describes it, as far as external calls, their statistics and comments go. */
import { fieldsOf, startStandIn, type Answer, type Fields, type Received, type StandIn } from './standIn.js'

export interface BitrixStandIn extends StandIn {
  /** What stands in the statistics: each is one activity. */
  readonly finished: () => ReadonlyArray<Fields>
  /** Calls that were registered, finished or not. */
  readonly registered: () => ReadonlyArray<Fields>
  readonly comments: () => ReadonlyArray<string>
  /** CALL_ID to link. */
  readonly recordings: () => ReadonlyMap<string, string>
  /** The access token ends; the refresh token gives another. */
  readonly expire: () => void
  readonly token: () => string
  readonly refreshToken: () => string
  /** Half an hour passes: a call that was registered again is another. */
  readonly wait: () => void
  /** It forgets calls that were never finished. */
  readonly forget: () => void
}

export interface BitrixContents {
  readonly users?: ReadonlyArray<number>
  /** Internal numbers that users have. */
  readonly inner?: ReadonlyArray<string>
  /** Numbers of contacts: calls of others are on no card, unless a lead is made. */
  readonly contacts?: ReadonlyArray<string> | ((number: string) => boolean)
  readonly noLeads?: boolean
  /** Methods that the application may not use. */
  readonly denied?: ReadonlyArray<string>
}

const wrong = (status: number, error: string, error_description: string): Answer => ({ status, body: { error, error_description } })

export const startBitrix24 = async ({ users = [], inner = [], contacts = [], noLeads = false, denied = [] }: BitrixContents = {}): Promise<BitrixStandIn> => {
  const isContact = typeof contacts === 'function' ? contacts : (number: string) => contacts.includes(number)
  const finished: Array<Fields> = []
  const registered: Array<Fields & { readonly CALL_ID: string; readonly key: string }> = []
  const comments: Array<Fields> = []
  const recordings = new Map<string, string>()
  const forgotten = new Set<string>()
  let renewals = 0
  let halfHours = 0
  const token = (): string => `bitrix-access-${renewals}`
  const refreshToken = (): string => `bitrix-refresh-${renewals}`
  let good = token()

  const isUser = (fields: Fields): boolean => users.includes(Number(fields['USER_ID'])) || inner.includes(String(fields['USER_PHONE_INNER']))
  const given = (result: unknown): Answer => ({ status: 200, body: { result, time: { duration: 0.1 } } })

  const methods: Readonly<Record<string, (fields: Fields) => Answer>> = {
    'telephony.externalCall.register': (fields) => {
      if (!isUser(fields)) return wrong(400, 'ERROR_CORE', 'User is not found or is not active')
      if (fields['PHONE_NUMBER'] === undefined || fields['TYPE'] === undefined) return wrong(400, 'ERROR_CORE', 'PHONE_NUMBER and TYPE should be set')
      const key = JSON.stringify([fields['EXTERNAL_CALL_ID'], fields['PHONE_NUMBER'], fields['TYPE'], halfHours])
      const same = registered.find((one) => one.key === key && !finished.some(({ CALL_ID }) => CALL_ID === one.CALL_ID))
      const CALL_ID = same?.CALL_ID ?? `externalCall.${registered.length + 1}`
      if (same === undefined) registered.push({ ...fields, CALL_ID, key })
      return given({ CALL_ID, ...(noLeads && fields['CRM_CREATE'] === 1 ? { LEAD_CREATION_ERROR: 'no rights to create a lead' } : { CRM_CREATED_LEAD: null }) })
    },
    'telephony.externalCall.finish': (fields) => {
      if (!isUser(fields)) return wrong(400, 'ERROR_CORE', 'User is not found or is not active')
      const call = registered.find(({ CALL_ID }) => CALL_ID === fields['CALL_ID'])
      if (call === undefined || forgotten.has(call.CALL_ID) || finished.some(({ CALL_ID }) => CALL_ID === call.CALL_ID)) {
        return wrong(400, 'ERROR_CORE', 'Call is not found (call should be registered prior to finishing)')
      }
      const onCard = isContact(String(call['PHONE_NUMBER']))
      const made = {
        CALL_ID: call.CALL_ID,
        EXTERNAL_CALL_ID: call['EXTERNAL_CALL_ID'],
        CALL_DURATION: fields['DURATION'],
        CALL_FAILED_CODE: fields['STATUS_CODE'],
        CRM_ENTITY_TYPE: onCard ? 'CONTACT' : '',
        CRM_ENTITY_ID: onCard ? 797 : 0,
        CRM_ACTIVITY_ID: 7_000 + finished.length,
        PORTAL_USER_ID: fields['USER_ID'] ?? fields['USER_PHONE_INNER']
      }
      finished.push(made)
      return given(made)
    },
    'telephony.externalCall.attachRecord': (fields) => {
      const id = String(fields['CALL_ID'])
      if (!finished.some(({ CALL_ID }) => CALL_ID === id)) return wrong(400, '', 'Call is not found in the statistic table. It looks like it is not finished yet.')
      recordings.set(id, String(fields['RECORD_URL']))
      return given({ FILE_ID: 9_000 + recordings.size })
    },
    // the statistics are text, as those of the real one
    'voximplant.statistic.get': ({ FILTER }) =>
      given(finished.filter(({ CALL_ID }) => CALL_ID === fieldsOf(FILTER)['CALL_ID']).map((one) => ({ ...one, CALL_DURATION: String(one['CALL_DURATION']), CRM_ENTITY_ID: String(one['CRM_ENTITY_ID']) }))),
    'crm.timeline.comment.list': () => given(comments.map(({ COMMENT }, i) => ({ ID: String(i), COMMENT }))),
    'crm.timeline.comment.add': ({ fields }) => {
      comments.push(fieldsOf(fields))
      return given(comments.length)
    }
  }

  const oauth = ({ query }: Received): Answer => {
    if (query.get('client_id') !== 'app-1' || query.get('client_secret') !== 'app-secret' || query.get('refresh_token') !== refreshToken()) {
      return { status: 400, body: { error: 'invalid_grant', error_description: '' } }
    }
    renewals += 1
    good = token()
    return { status: 200, body: { access_token: token(), refresh_token: refreshToken(), expires_in: 3600 } }
  }

  const handle = (asked: Received): Answer => {
    if (asked.path.startsWith('/oauth/token/?')) return oauth(asked)
    const fields = fieldsOf(asked.body)
    if (fields['auth'] !== good) return wrong(401, 'expired_token', 'The access token provided has expired.')
    const name = asked.path.replace('/rest/', '')
    if (denied.includes(name)) return wrong(403, 'insufficient_scope', 'The request requires higher privileges than provided by the access token')
    return methods[name]?.(fields) ?? wrong(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!')
  }

  return {
    ...(await startStandIn(handle)),
    finished: () => finished,
    registered: () => registered,
    comments: () => comments.map(({ COMMENT }) => String(COMMENT)),
    recordings: () => recordings,
    token,
    refreshToken,
    expire: () => {
      good = 'none'
    },
    wait: () => {
      halfHours += 1
    },
    forget: () => {
      for (const { CALL_ID } of registered) if (!finished.some((one) => one['CALL_ID'] === CALL_ID)) forgotten.add(CALL_ID)
    }
  }
}
