import * as t from 'io-ts'
import { bitrixFinish, bitrixRegister, finishedAs, innerNumber, type BitrixUser } from './bitrix24.js'
import type { BitrixTokens } from './bitrix24Tokens.js'
import { correctionOf } from './corrections.js'
import type { Crm, Delivered, Known, Memory, Wanted } from './Crm.js'
import type { Employees } from './employees.js'
import { asking, awayBy, type Answer, type Verdict } from './request.js'

/** Where the portal is, and who asks. */
export interface BitrixAccess {
  /** `https://example.bitrix24.ru` */
  readonly url: string
  readonly tokens: BitrixTokens
  readonly perSecond: number
  /** Is a lead made of an unknown number? */
  readonly createLeads: boolean
}

type Away = Extract<Answer, { readonly kind: 'away' }>

/** What a method answered: its result, or its complaint. */
type Reply = Away | { readonly kind: 'result'; readonly result: unknown } | { readonly kind: 'error'; readonly code: string; readonly text: string }

const Complaint = t.intersection([t.type({ error: t.union([t.string, t.number]) }), t.partial({ error_description: t.string })])
const text = t.union([t.string, t.number, t.null])
const Registered = t.intersection([t.type({ CALL_ID: t.string }), t.partial({ LEAD_CREATION_ERROR: text })])
const Finished = t.intersection([t.type({ CALL_ID: t.string }), t.partial({ CRM_ENTITY_TYPE: text, CRM_ENTITY_ID: text, CALL_DURATION: text, CALL_FAILED_CODE: text, ERRORS: t.unknown })])
const Statistics = t.array(Finished)
const Comments = t.array(t.partial({ COMMENT: t.string }))

/** The application may not do this one thing. */
const DENIED: ReadonlySet<string> = new Set(['insufficient_scope', 'ACCESS_DENIED'])

const SPENT: ReadonlySet<string> = new Set(['expired_token', 'invalid_token', 'NO_AUTH_FOUND'])

/** Bitrix24 says with its codes more than with its statuses. */
const judge = (status: number, body: unknown): Verdict | undefined => {
  const code = Complaint.is(body) ? String(body.error) : ''
  if (code === 'QUERY_LIMIT_EXCEEDED' || code === 'OPERATION_TIME_LIMIT') return { why: 'Bitrix24 asks for fewer requests', sure: true, after: 1_000 }
  if (code === 'WRONG_AUTH_TYPE') return { why: 'Bitrix24 takes calls from an application alone: CRM_TOKEN is that of a webhook', sure: true }
  if (SPENT.has(code) || DENIED.has(code)) return undefined
  return awayBy(status)
}

const refused = (why: string, reply: Exclude<Reply, Away>): Delivered =>
  reply.kind === 'error'
    ? { kind: 'refused', why, detail: `${reply.code} ${reply.text}`, sure: true }
    : { kind: 'refused', why: `${why}, or says so in a way that is not understood`, detail: JSON.stringify(reply.result ?? null).slice(0, 300), sure: false }

/** On whose card a finished call stands. */
const cardIn = ({ CRM_ENTITY_TYPE: type, CRM_ENTITY_ID: id }: t.TypeOf<typeof Finished>): Memory =>
  typeof type !== 'string' || type === '' || id === undefined || id === null || String(id) === '0' ? {} : { type: type.toLowerCase(), id: String(id) }

const isNoUser = ({ kind, ...reply }: Reply): boolean => kind === 'error' && 'text' in reply && /user .*not (found|active)|not active|user_phone_inner/i.test(reply.text)

/** Sends to Bitrix24: a call is registered, its CALL_ID is kept, and then it is finished. */
export const bitrix24 = (access: BitrixAccess, employees: Employees): Crm => {
  const ask = asking(access.url, access.perSecond, judge)

  const call = async (method: string, params: object, signal: AbortSignal, reads = false, again = true): Promise<Reply> => {
    const auth = await access.tokens.current()
    const answer = await ask({ method: 'POST', path: `/rest/${method}`, body: { ...params, auth }, reads, secret: auth, signal })
    if (answer.kind === 'away') return answer
    const { body, status } = answer
    if (Complaint.is(body)) {
      const code = String(body.error)
      if (!SPENT.has(code)) return { kind: 'error', code, text: body.error_description ?? '' }
      if (!again) return { kind: 'away', why: 'Bitrix24 does not accept the token', sure: true }
      return (await access.tokens.renew(auth, signal)) ?? call(method, params, signal, reads, false)
    }
    if (status >= 400) return { kind: 'error', code: String(status), text: JSON.stringify(body ?? null).slice(0, 200) }
    return { kind: 'result', result: typeof body === 'object' && body !== null && 'result' in body ? body.result : undefined }
  }

  const byDefault: BitrixUser = { USER_ID: Number(employees.byDefault) }

  const userOf = (wanted: Wanted): BitrixUser => {
    const { activity } = wanted
    const own = employees.own(activity)
    if (own !== undefined) return { USER_ID: Number(own) }
    // Bitrix24 may know the internal number itself
    return activity.isEmployee && activity.extension !== undefined && !employees.unknown().includes(activity.extension) ? { USER_PHONE_INNER: innerNumber(activity.extension) } : byDefault
  }

  /** Whoever is no user has his calls at the default user: no call is dropped for that. */
  const withUser = async (wanted: Wanted, send: (user: BitrixUser) => Promise<Reply>): Promise<Reply> => {
    const reply = await send(userOf(wanted))
    if (!isNoUser(reply)) return reply
    employees.isUnknown(wanted.activity)
    return send(byDefault)
  }

  const attach = async ({ recording, activity: { id } }: Wanted, memory: Memory, { signal }: Known): Promise<Delivered> => {
    if (recording === undefined || memory.recording === recording) return { kind: 'done', memory }
    const FILENAME = `${id.replace(/[^A-Za-z0-9-]/g, '-')}.mp3`
    const reply = await call('telephony.externalCall.attachRecord', { CALL_ID: memory.callId, FILENAME, RECORD_URL: recording }, signal)
    if (reply.kind === 'away') return reply
    const FileId = t.type({ FILE_ID: text })
    if (reply.kind === 'result' && FileId.is(reply.result)) return { kind: 'done', memory: { ...memory, recording } }
    return refused('Bitrix24 does not take the recording', reply)
  }

  /** A finished call stays as it is: a comment on the client's card says what is different. */
  const correct = async (sent: Wanted | undefined, wanted: Wanted, memory: Memory, { doubt, signal }: Known): Promise<Delivered> => {
    const correction = correctionOf(sent, wanted, false)
    if (correction === undefined) return { kind: 'done', memory }
    const { type: ENTITY_TYPE, id: ENTITY_ID } = memory
    if (ENTITY_TYPE === undefined || ENTITY_ID === undefined) return { kind: 'done', memory, remark: 'it stays in Bitrix24 as it was finished, on no card where that could be noted' }
    if (doubt) {
      const there = await call('crm.timeline.comment.list', { filter: { ENTITY_TYPE, ENTITY_ID }, order: { ID: 'DESC' }, select: ['ID', 'COMMENT'] }, signal, true)
      if (there.kind === 'away') return there
      if (there.kind === 'result' && Comments.is(there.result) && there.result.some(({ COMMENT }) => COMMENT?.includes(correction.mark) === true)) return { kind: 'done', memory }
    }
    const reply = await call('crm.timeline.comment.add', { fields: { ENTITY_TYPE, ENTITY_ID, COMMENT: correction.text } }, signal)
    if (reply.kind === 'away') return reply
    if (reply.kind === 'result' && typeof reply.result === 'number') return { kind: 'done', memory }
    if (reply.kind === 'error') return { kind: 'done', memory, remark: 'it stays in Bitrix24 as it was finished, and Bitrix24 does not take a comment on it' }
    return refused('Bitrix24 does not take a comment', reply)
  }

  /** The call is finished: what is left is what changed since, and the recording. */
  const afterwards = async (finished: string, wanted: Wanted, memory: Memory, known: Known): Promise<Delivered> => {
    const { STATUS_CODE, DURATION } = bitrixFinish(wanted.activity, byDefault, '')
    const same = !wanted.retracted && finished === finishedAs(STATUS_CODE, DURATION)
    const corrected = same ? ({ kind: 'done', memory } as const) : await correct(undefined, wanted, memory, known)
    if (corrected.kind !== 'done' || wanted.retracted) return corrected
    return attach(wanted, memory, known)
  }

  /** Is it finished? The statistics know every finished call, and no other. */
  const findFinished = async (callId: string, signal: AbortSignal): Promise<Delivered | { readonly finished: string; readonly card: Memory } | undefined> => {
    const reply = await call('voximplant.statistic.get', { FILTER: { CALL_ID: callId } }, signal, true)
    if (reply.kind === 'away') return reply
    if (reply.kind === 'error') return { kind: 'refused', why: 'Bitrix24 does not show the application its statistics, by which it is known whether a call is there', detail: `${reply.code} ${reply.text}`, sure: false }
    const found = Statistics.is(reply.result) ? reply.result.find(({ CALL_ID }) => CALL_ID === callId) : undefined
    return found === undefined ? undefined : { finished: finishedAs(String(found.CALL_FAILED_CODE), Number(found.CALL_DURATION)), card: cardIn(found) }
  }

  const finish = async (wanted: Wanted, memory: Memory, callId: string, known: Known, remark?: string): Promise<Delivered> => {
    const reply = await withUser(wanted, (user) => call('telephony.externalCall.finish', bitrixFinish(wanted.activity, user, callId), known.signal))
    if (reply.kind === 'away') return reply
    if (reply.kind === 'error' && /not found/i.test(reply.text)) {
      const there = await findFinished(callId, known.signal)
      if (there !== undefined && 'kind' in there) return there
      if (there !== undefined) return afterwards(there.finished, wanted, { ...memory, ...there.card, finished: there.finished }, known)
      // Bitrix24 has forgotten that it was registered: the next attempt registers it anew
      await known.remember({})
    }
    if (reply.kind !== 'result' || !Finished.is(reply.result)) return refused('Bitrix24 does not finish the call', reply)
    const { STATUS_CODE, DURATION } = bitrixFinish(wanted.activity, byDefault, callId)
    const kept = { ...memory, ...cardIn(reply.result), finished: finishedAs(STATUS_CODE, DURATION) }
    if (wanted.recording !== undefined) await known.remember(kept)
    const attached = await attach(wanted, kept, known)
    return attached.kind === 'done' && remark !== undefined ? { ...attached, remark } : attached
  }

  const register = async (wanted: Wanted, known: Known): Promise<Delivered> => {
    const reply = await withUser(wanted, (user) => call('telephony.externalCall.register', bitrixRegister(wanted.activity, user, access.createLeads), known.signal))
    if (reply.kind === 'away') return reply
    if (reply.kind === 'error' && DENIED.has(reply.code)) return { kind: 'away', why: 'Bitrix24 does not let the application register calls: it needs the scope telephony', sure: true }
    if (reply.kind !== 'result' || !Registered.is(reply.result)) return refused('Bitrix24 does not register the call', reply)
    const { CALL_ID: callId, LEAD_CREATION_ERROR: noLead } = reply.result
    const memory = { ...known.memory, callId }
    // before it is finished: a call that was finished must never be registered again
    await known.remember(memory)
    return finish(wanted, memory, callId, known, noLead === undefined || noLead === null || noLead === '' ? undefined : 'Bitrix24 could not make a lead of its unknown number')
  }

  return {
    name: 'bitrix24',
    url: access.url,
    deliver: async (wanted, known) => {
      const { sent, memory, doubt, signal } = known
      if (sent !== undefined) {
        const corrected = await correct(sent, wanted, memory, known)
        return corrected.kind === 'done' && !wanted.retracted && corrected.remark === undefined ? attach(wanted, memory, known) : corrected
      }
      const { callId, finished } = memory
      if (callId === undefined) return wanted.retracted ? { kind: 'done', memory } : register(wanted, known)
      if (finished !== undefined) return afterwards(finished, wanted, memory, known)
      const there = doubt ? await findFinished(callId, signal) : undefined
      if (there !== undefined && 'kind' in there) return there
      if (there !== undefined) return afterwards(there.finished, wanted, { ...memory, ...there.card, finished: there.finished }, known)
      // a call that is never finished is no activity
      return wanted.retracted ? { kind: 'done', memory } : finish(wanted, memory, callId, known)
    }
  }
}
