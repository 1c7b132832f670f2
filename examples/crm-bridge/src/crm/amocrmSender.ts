import * as t from 'io-ts'
import { amoCall, amoUnsorted, type AmoCall, type AmoContext } from './amocrm.js'
import { correctionOf, type Correction } from './corrections.js'
import type { Crm, Delivered, Known, Memory, Wanted } from './Crm.js'
import type { Employees } from './employees.js'
import { asking, type Answer } from './request.js'

/** Where the account is, and who asks. */
export interface AmoAccess {
  /** `https://example.amocrm.ru`, `https://example.kommo.com` */
  readonly url: string
  readonly token: string
  readonly perSecond: number
}

type Away = Extract<Answer, { readonly kind: 'away' }>

/** The card on which a call or a note stands. */
interface Card {
  readonly type: string
  readonly id: string
}

const Problem = t.partial({ title: t.string, detail: t.string })
const Problems = t.partial({
  title: t.string,
  detail: t.string,
  errors: t.array(Problem),
  'validation-errors': t.array(t.partial({ errors: t.array(t.partial({ path: t.string, detail: t.string })) }))
})
const Calls = t.type({ _embedded: t.type({ calls: t.array(t.partial({ entity_id: t.number, entity_type: t.string })) }) })
const Unsorted = t.partial({ uid: t.string, metadata: t.partial({ uniq: t.string, duration: t.number }), _embedded: t.partial({ leads: t.array(t.type({ id: t.number })) }) })
const UnsortedList = t.type({ _embedded: t.type({ unsorted: t.array(Unsorted) }) })
const Notes = t.type({
  _embedded: t.type({
    notes: t.array(t.partial({ entity_id: t.number, params: t.partial({ uniq: t.string, text: t.string, duration: t.number, call_result: t.string }) }))
  })
})

/** What the entity of an answer is in an address. */
const PATHS: Readonly<Record<string, string>> = { contact: 'contacts', company: 'companies', lead: 'leads', customer: 'customers' }

const cardOf = ({ type, id }: Memory): Card | undefined => (type === undefined || id === undefined ? undefined : { type, id })

/** What an answer complains of, in one text: what it is about is told by its words, since the numbers are not documented. */
const complaint = (body: unknown): string => {
  if (!Problems.is(body)) return ''
  const validation = (body['validation-errors'] ?? []).flatMap(({ errors }) => errors ?? []).map(({ path, detail }) => `${path ?? ''} ${detail ?? ''}`)
  return [body.title, body.detail, ...(body.errors ?? []).flatMap(({ title, detail }) => [title, detail]), ...validation].filter((text) => text !== undefined).join('; ')
}

const isWrong = ({ status, body }: { readonly status: number; readonly body: unknown }): boolean =>
  status >= 400 || (Problems.is(body) && ((body.errors ?? []).length > 0 || (body['validation-errors'] ?? []).length > 0))

const refused = (why: string, body: unknown, sure: boolean): Delivered => ({ kind: 'refused', why, detail: complaint(body) || JSON.stringify(body ?? null).slice(0, 300), sure })

/** A page of a list; what is on later ones was stored before the call. */
const LIMIT = 250

/** Sends to amoCRM, which is Kommo outside of Russia. */
export const amocrm = (access: AmoAccess, source: string, employees: Employees): Crm => {
  const ask = asking(access.url, access.perSecond)
  const as = { headers: { authorization: `Bearer ${access.token}` }, secret: access.token }
  const get = (path: string, signal: AbortSignal): Promise<Answer> => ask({ method: 'GET', path, ...as, signal })
  const post = (path: string, body: unknown, signal: AbortSignal): Promise<Answer> => ask({ method: 'POST', path, body: [body], ...as, signal })

  /** Is the call there? On which card does it stand, and does it say what it should? */
  const findCall = async ({ uniq, direction, created_at, duration, call_result }: AmoCall, signal: AbortSignal): Promise<Away | { readonly card: Card; readonly same: boolean } | undefined> => {
    const since = created_at === undefined ? '' : `&filter[updated_at][from]=${created_at}`
    for (const type of ['contacts', 'leads', 'companies', 'customers']) {
      const answer = await get(`/api/v4/${type}/notes?filter[note_type][]=call_${direction === 'inbound' ? 'in' : 'out'}${since}&order[updated_at]=desc&limit=${LIMIT}`, signal)
      if (answer.kind === 'away') return answer
      // 204 for an empty list, 404 for what the account does not have
      const note = Notes.is(answer.body) ? answer.body._embedded.notes.find(({ params }) => params?.uniq === uniq) : undefined
      if (note?.entity_id !== undefined) return { card: { type, id: String(note.entity_id) }, same: note.params?.duration === duration && note.params.call_result === call_result }
    }
    return undefined
  }

  const findUnsorted = async ({ uniq, duration }: AmoCall, signal: AbortSignal): Promise<Away | { readonly uid: string; readonly same: boolean } | undefined> => {
    const answer = await get(`/api/v4/leads/unsorted?filter[category][]=sip&order[created_at]=desc&limit=${LIMIT}`, signal)
    if (answer.kind === 'away') return answer
    const found = UnsortedList.is(answer.body) ? answer.body._embedded.unsorted.find(({ metadata }) => metadata?.uniq === uniq) : undefined
    return found?.uid === undefined ? undefined : { uid: found.uid, same: found.metadata?.duration === duration }
  }

  /** What is there of a call that may have been stored: what to remember of it, and whether it says what it should. */
  const find = async (call: AmoCall, signal: AbortSignal): Promise<Away | { readonly memory: Memory; readonly same: boolean } | undefined> => {
    const entered = await findCall(call, signal)
    if (entered !== undefined) return 'kind' in entered ? entered : { memory: { ...entered.card }, same: entered.same }
    const unsorted = await findUnsorted(call, signal)
    return unsorted === undefined || 'kind' in unsorted ? unsorted : { memory: { unsorted: unsorted.uid }, same: unsorted.same }
  }

  const addNote = async (card: Card, { text, mark }: Correction, { memory, doubt, signal }: Known): Promise<Delivered> => {
    const path = `/api/v4/${card.type}/notes`
    const kept = { ...memory, type: card.type, id: card.id }
    if (doubt) {
      const there = await get(`/api/v4/${card.type}/${card.id}/notes?filter[note_type][]=common&order[updated_at]=desc&limit=${LIMIT}`, signal)
      if (there.kind === 'away') return there
      if (Notes.is(there.body) && there.body._embedded.notes.some(({ params }) => params?.text?.includes(mark) === true)) return { kind: 'done', memory: kept }
    }
    const answer = await post(path, { entity_id: Number(card.id), note_type: 'common', params: { text } }, signal)
    if (answer.kind === 'away') return answer
    if (Notes.is(answer.body) && !isWrong(answer)) return { kind: 'done', memory: kept }
    if (answer.status === 404 || /not found/i.test(complaint(answer.body))) return { kind: 'done', memory: kept, remark: 'its card is gone from the CRM, so nothing could be noted on it' }
    return refused('the CRM does not take a note', answer.body, answer.status >= 400)
  }

  /** Of an incoming lead that somebody has taken the card is a lead. */
  const cardOfUnsorted = async (uid: string, signal: AbortSignal): Promise<Away | Card | undefined> => {
    const answer = await get(`/api/v4/leads/unsorted/${encodeURIComponent(uid)}`, signal)
    if (answer.kind === 'away') return answer
    const id = Unsorted.is(answer.body) ? answer.body._embedded?.leads?.[0]?.id : undefined
    return id === undefined ? undefined : { type: 'leads', id: String(id) }
  }

  /** The call was entered as `sent`, or nobody knows how: a note says what is different. */
  const correct = async (sent: Wanted | undefined, wanted: Wanted, known: Known): Promise<Delivered> => {
    const correction = correctionOf(sent, wanted)
    if (correction === undefined) return { kind: 'done', memory: known.memory }
    const { unsorted } = known.memory
    const card = cardOf(known.memory) ?? (unsorted === undefined ? undefined : await cardOfUnsorted(unsorted, known.signal))
    if (card !== undefined && 'kind' in card) return card
    if (card === undefined) return { kind: 'done', memory: known.memory, remark: 'it stands among the incoming leads as it was, where nothing can be noted' }
    return addNote(card, correction, known)
  }

  /** A refusal that sounds like a repetition is believed if the call is there. */
  const ifThere = async (call: AmoCall, otherwise: Delivered, { memory, signal }: Known): Promise<Delivered> => {
    const there = await find(call, signal)
    if (there === undefined) return otherwise
    return 'kind' in there ? there : { kind: 'done', memory: { ...memory, ...there.memory } }
  }

  const addUnsorted = async (wanted: Wanted, context: AmoContext, known: Known): Promise<Delivered> => {
    const answer = await post('/api/v4/leads/unsorted/sip', amoUnsorted(wanted.activity, context), known.signal)
    if (answer.kind === 'away') return answer
    const made = UnsortedList.is(answer.body) ? answer.body._embedded.unsorted[0] : undefined
    if (made?.uid !== undefined && !isWrong(answer)) {
      const lead = made._embedded?.leads?.[0]?.id
      return { kind: 'done', memory: { ...known.memory, unsorted: made.uid, ...(lead === undefined ? {} : { type: 'leads', id: String(lead) }) } }
    }
    const no = refused('the CRM does not take a call of an unknown number', answer.body, answer.status >= 400)
    return isRepetition(answer.body) ? ifThere(amoCall(wanted.activity, context), no, known) : no
  }

  const addCall = async (wanted: Wanted, context: AmoContext, known: Known): Promise<Delivered> => {
    const call = amoCall(wanted.activity, context)
    const answer = await post('/api/v4/calls', call, known.signal)
    if (answer.kind === 'away') return answer
    const words = complaint(answer.body)
    const made = Calls.is(answer.body) ? answer.body._embedded.calls[0] : undefined
    if (made?.entity_id !== undefined && !isWrong(answer)) {
      return { kind: 'done', memory: { ...known.memory, type: PATHS[made.entity_type ?? ''] ?? 'contacts', id: String(made.entity_id) } }
    }
    if (/entity not found/i.test(words)) return addUnsorted(wanted, context, known)
    if (/responsible_user_id/.test(words) && context.user !== undefined) {
      employees.isUnknown(wanted.activity)
      const { user, ...others } = context
      const byDefault = Number(employees.byDefault)
      return addCall(wanted, employees.byDefault === undefined || user === byDefault ? others : { ...others, user: byDefault }, known)
    }
    const no = refused('the CRM does not take the call', answer.body, answer.status >= 400)
    return isRepetition(answer.body) ? ifThere(call, no, known) : no
  }

  return {
    name: 'amocrm',
    url: access.url,
    deliver: async (wanted, known) => {
      const { memory, sent, doubt, signal } = known
      if (sent !== undefined) return correct(sent, wanted, known)
      const user = employees.userOf(wanted.activity)
      const context = { source, ...(user === undefined ? {} : { user: Number(user) }), ...(wanted.recording === undefined ? {} : { link: wanted.recording }) }
      if (doubt) {
        const there = await find(amoCall(wanted.activity, context), signal)
        if (there !== undefined && 'kind' in there) return there
        if (there !== undefined) {
          const kept = { ...memory, ...there.memory }
          return there.same && !wanted.retracted ? { kind: 'done', memory: kept } : correct(undefined, wanted, { ...known, memory: kept })
        }
        if (wanted.retracted) return { kind: 'done', memory }
      }
      return addCall(wanted, context, known)
    }
  }
}

/** The same `uniq` again, or the same incoming lead. */
const isRepetition = (body: unknown): boolean => /duplicat|already|unique|uniq\b/i.test(complaint(body))
