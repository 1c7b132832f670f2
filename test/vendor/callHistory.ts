import type { Company } from '../../src/testing/Company.js'
import type { PlayedCall } from '../../src/testing/Script.js'
import { timeOf, type WireEvent } from '../../src/testing/wire.js'

type Row = Readonly<Record<string, unknown>>

const iso = (at: number): string => new Date(Math.floor(at / 1000)).toISOString().replace('T', ' ')
const toSecond = (at: number | undefined): string | null => (at === undefined || !Number.isFinite(at) ? null : iso(at).slice(0, 19))
const toHundredth = (at: number | undefined): string | null => (at === undefined || !Number.isFinite(at) ? null : iso(at).slice(0, 22))

const cut = (text: string | undefined): string | null => text?.split('@')[0] ?? null

const isTransfer = ([first]: ReadonlyArray<WireEvent>): boolean =>
  first?.['Transfered'] !== undefined || (first?.['RemoteNumber'] !== undefined && first['RemoteNumber'] !== first['CallerIDNum'])

const resultOf = (answered: boolean, status: string | undefined): string => {
  switch (status?.toUpperCase()) {
    case 'ANSWER':
      return answered ? 'answered' : 'not answered'
    case 'BUSY':
      return 'busy'
    case 'NOANSWER':
    case 'CANCEL':
      return 'not answered'
    default:
      return 'failed'
  }
}

const partOf = (company: Company, events: ReadonlyArray<WireEvent>): Row => {
  const of = (kind: RegExp): WireEvent | undefined => events.find((event) => kind.test(event['EventType'] ?? ''))
  const [dial, answer, hangup] = [of(/^dial/), of(/^answer$/), of(/^hangup$/)]
  const first = events[0] ?? {}
  const [id = ''] = (first['SubCallID'] ?? '').split('-')
  const extension = [...company.phones, ...company.ivrs, ...company.queues].find((one) => one.id === id)
  const type = extension?.type ?? 'phone'
  const at = (event: WireEvent | undefined): number | undefined => (event === undefined ? undefined : timeOf(event))
  const [answered, ended] = [at(answer), at(hangup)]
  const outgoing = first['CallFlow']?.toLowerCase() === 'out'
  const isService = type !== 'phone' && !outgoing
  return {
    extension_id: Number(id),
    extension_name: extension?.name ?? null,
    extension_type: type,
    flow: isTransfer(events) ? 'transfer' : outgoing ? 'out' : 'in',
    from_username: cut(first['CallerIDNum']),
    from_screen_name: first['CallerIDName'] ?? null,
    to_username: outgoing ? cut(first['CalledNumber']) : extension?.name ?? null,
    did_number: first['CalledDID'] ?? null,
    init_time_gmt: toHundredth(at(dial)),
    start_time_gmt: toSecond(isService ? at(dial) : answered),
    hangup_time_gmt: toSecond(ended),
    duration: answered === undefined || ended === undefined ? 0 : Math.round((ended - answered) / 1e6),
    result: hangup === undefined ? null : isService ? 'answered' : resultOf(answered !== undefined, hangup['CallStatus']),
    hangup_disposition: hangup?.['CallStatus'] === 'CANCEL' ? 'caller_cancel' : 'caller_bye',
    record_uuid: hangup?.['RecID'] ?? null
  }
}

const TALKS = ['answered', 'transferred', 'callback']

/** Does the truth of the call say that the client talked to somebody? */
const isBridged = ({ expected, events }: PlayedCall): boolean =>
  events.some((event) => event['Bridged']?.toLowerCase() === 'yes') || expected === undefined ? events.some((event) => event['EventType'] === 'answer') : expected.some(({ kind }) => TALKS.includes(kind))

/** A call that was played, as the vendor's call history tells it: to the second, and without SubCallIDs. */
export const callHistory = (company: Company, call: PlayedCall): Row => {
  const legs = new Map<string, Array<WireEvent>>()
  for (const event of call.events) {
    if (event['SubCallID'] === undefined) continue
    const key = `${event['SubCallID']} ${event['Transfered'] ?? ''}`
    legs.set(key, [...(legs.get(key) ?? []), event])
  }
  const all = [...legs.values()]
  const [first] = all[0] ?? [{}]
  const outgoing = first?.['CallFlow']?.toLowerCase() === 'out'
  const times = [...legs.values()].flat().flatMap((event) => timeOf(event) ?? [])
  const isOver = all.every((leg) => leg.some((event) => event['EventType'] === 'hangup'))
  return {
    call_uuid: call.callId.toUpperCase(),
    flow: outgoing ? 'out' : 'in',
    init_time_gmt: toHundredth(Math.min(...times)),
    hangup_time_gmt: isOver ? toSecond(Math.max(...times)) : null,
    result: isBridged(call) ? 'bridged' : all.some(([event]) => /^9/.test(event?.['SubCallID'] ?? '')) ? 'answered' : 'not answered',
    from_username: cut(first?.['CallerIDNum']),
    to_username: cut(first?.['CalledNumber']),
    did_number: first?.['CalledDID'] ?? null,
    cdr: all.map((events) => partOf(company, events))
  }
}
