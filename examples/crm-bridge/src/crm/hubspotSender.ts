import * as t from 'io-ts'
import type { Crm, Delivered, Known, Memory, Wanted } from './Crm.js'
import type { Employees } from './employees.js'
import { hubspotInput, type HubspotContext } from './hubspot.js'
import { asking, type Answer, type Asked } from './request.js'

/** Where HubSpot is, and who asks. */
export interface HubspotAccess {
  /** `https://api.hubapi.com` */
  readonly url: string
  readonly token: string
  readonly perSecond: number
  /** A property of calls with unique values. */
  readonly idProperty: string
}

type Away = Extract<Answer, { readonly kind: 'away' }>

const Upserted = t.type({ results: t.array(t.type({ id: t.string })) })
const Errors = t.partial({ message: t.string, numErrors: t.number, errors: t.array(t.partial({ message: t.string })) })
const Found = t.type({ results: t.array(t.type({ id: t.string })) })
const One = t.type({ id: t.string })

const complaint = (body: unknown): string => (Errors.is(body) ? [body.message, ...(body.errors ?? []).map(({ message }) => message)].filter((text) => text !== undefined).join('; ') : '')

const isWrong = ({ status, body }: { readonly status: number; readonly body: unknown }): boolean =>
  status >= 400 || (Errors.is(body) && ((body.numErrors ?? 0) > 0 || (body.errors ?? []).length > 0))

/** Sends to HubSpot. */
export const hubspot = (access: HubspotAccess, employees: Employees): Crm => {
  const { token, idProperty } = access
  const askPlain = asking(access.url, access.perSecond)
  const ask = (asked: Omit<Asked, 'secret' | 'headers'>): Promise<Answer> => askPlain({ ...asked, headers: { authorization: `Bearer ${token}` }, secret: token })

  const noProperty: Away = { kind: 'away', why: `HubSpot has no property ${idProperty} of calls with unique values: make one, or set CRM_ID_PROPERTY`, sure: true }

  const upsert = async (wanted: Wanted, context: HubspotContext, known: Known): Promise<Delivered> => {
    const answer = await ask({ method: 'POST', path: '/crm/v3/objects/calls/batch/upsert', body: { inputs: [hubspotInput(wanted.activity, context)] }, signal: known.signal })
    if (answer.kind === 'away') return answer
    const words = complaint(answer.body)
    const made = Upserted.is(answer.body) ? answer.body.results[0] : undefined
    if (made !== undefined && !isWrong(answer)) return associate(wanted, { ...known.memory, id: made.id }, known)
    if (words.includes(idProperty)) return { ...noProperty, detail: words }
    if (/owner/i.test(words) && context.owner !== undefined) {
      employees.isUnknown(wanted.activity)
      const { owner, ...others } = context
      return upsert(wanted, employees.byDefault === undefined || owner === employees.byDefault ? others : { ...others, owner: employees.byDefault }, known)
    }
    return { kind: 'refused', why: 'HubSpot does not take the call', detail: words || JSON.stringify(answer.body ?? null).slice(0, 300), sure: answer.status >= 400 }
  }

  /** A call that belongs to nobody stands on no card: it belongs to the contact with that number, if there is one. */
  const associate = async ({ activity: { client } }: Wanted, memory: Memory, { signal }: Known): Promise<Delivered> => {
    const done = { kind: 'done', memory } as const
    if (memory.contact !== undefined || memory.id === undefined) return done
    const search = await ask({ method: 'POST', path: '/crm/v3/objects/contacts/search', body: { query: client, limit: 1, properties: ['phone'] }, reads: true, signal })
    // the call itself is there: what fails from here on leaves a doubt, and the same again does no harm
    if (search.kind === 'away') return { ...search, sure: false }
    const contact = Found.is(search.body) ? search.body.results[0]?.id : undefined
    if (contact === undefined) return done
    const answer = await ask({ method: 'PUT', path: `/crm/v4/objects/calls/${encodeURIComponent(memory.id)}/associations/default/contacts/${encodeURIComponent(contact)}`, signal })
    if (answer.kind === 'away') return { ...answer, sure: false }
    return answer.status >= 400 ? { ...done, remark: 'HubSpot does not put it on the contact\'s card' } : { kind: 'done', memory: { ...memory, contact } }
  }

  const find = async (id: string, signal: AbortSignal): Promise<Away | string | undefined> => {
    const answer = await ask({ method: 'GET', path: `/crm/v3/objects/calls/${encodeURIComponent(id)}?idProperty=${encodeURIComponent(idProperty)}`, signal })
    if (answer.kind === 'away') return answer
    if (One.is(answer.body)) return answer.body.id
    return answer.status === 404 ? undefined : { kind: 'away', why: 'HubSpot does not say whether it has the call', detail: complaint(answer.body), sure: false }
  }

  const remove = async (wanted: Wanted, { memory, signal }: Known): Promise<Delivered> => {
    const id = memory.id ?? (await find(wanted.activity.id, signal))
    if (typeof id === 'object') return id
    if (id === undefined) return { kind: 'done', memory: {} }
    const answer = await ask({ method: 'DELETE', path: `/crm/v3/objects/calls/${encodeURIComponent(id)}`, signal })
    if (answer.kind === 'away') return answer
    if (answer.status < 300 || answer.status === 404) return { kind: 'done', memory: {} }
    return { kind: 'refused', why: 'HubSpot does not remove a call that does not count', detail: complaint(answer.body), sure: true }
  }

  return {
    name: 'hubspot',
    url: access.url,
    deliver: (wanted, known) => {
      if (wanted.retracted) return remove(wanted, known)
      const owner = employees.userOf(wanted.activity)
      return upsert(wanted, { idProperty, ...(owner === undefined ? {} : { owner }), ...(wanted.recording === undefined ? {} : { link: wanted.recording }) }, known)
    }
  }
}
