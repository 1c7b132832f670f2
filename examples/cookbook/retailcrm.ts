/** RetailCRM's `POST /api/v5/telephony/calls/upload`: the records to its calls, without a request. */
import { ledger, toDate, toSeconds, type CallRecord, type EpochMicros } from 'call-legs'

interface Upload {
  readonly date: string
  readonly type: 'in' | 'out'
  readonly phone: string
  readonly code?: string
  readonly result: 'answered' | 'busy' | 'failed' | 'no answer' | 'not allowed' | 'unknown'
  readonly duration: number
  readonly externalId: string
  readonly externalPhone?: string
}

/** `Y-m-d H:i:s` in the time zone of the CRM's account, which is not said in it. */
const dateIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (at: EpochMicros): string => format.format(toDate(at))
}

const resultOf = (record: CallRecord): Upload['result'] => {
  switch (record.kind) {
    case 'answered':
    case 'transferred':
    case 'callback':
      return 'answered'
    case 'missed':
      return 'no answer'
    case 'unsuccessful':
      return record.cause === 'busy' ? 'busy' : record.cause === 'no-answer' || record.cause === 'cancelled' ? 'no answer' : 'failed'
    case 'incomplete':
      return 'unknown'
  }
}

/** A call for the upload; nothing where there is no number to find a client by, or no moment. */
const uploadOf =
  (timeZone: string, codes: Readonly<Record<string, string>>) =>
  (record: CallRecord): ReadonlyArray<Upload> => {
    const at = record.startedAt ?? (record.kind === 'incomplete' ? record.answeredAt : record.endedAt)
    if (record.remoteNumber === undefined || at === undefined) return []
    const code = record.extension === undefined ? undefined : codes[record.extension]
    return [
      {
        date: dateIn(timeZone)(at),
        type: record.direction === 'incoming' ? 'in' : 'out',
        phone: record.remoteNumber,
        ...(code === undefined ? {} : { code }),
        result: resultOf(record),
        duration: record.successful ? Math.round(toSeconds(record.talkTime ?? 0)) : 0,
        externalId: record.id,
        ...(record.did === undefined ? {} : { externalPhone: record.did })
      }
    ]
  }

/** At most fifty calls a request. */
const batches = <A>(all: ReadonlyArray<A>, size = 50): ReadonlyArray<ReadonlyArray<A>> =>
  all.length === 0 ? [] : [all.slice(0, size), ...batches(all.slice(size), size)]

const talk = 'CallID=4a6f&SubCallID=85101-4a6f&CallFlow=in&CalledNumber=453*101&CallerIDNum=%2B79160000001&CalledDID=74950000001'
const { records } = ledger({ directory: { '453*101': 'phone', '453*887': 'queue' } })([
  `EventType=dial-in&EventTime=1780000686000000&${talk}`,
  `EventType=answer&EventTime=1780000690000000&${talk}`,
  `EventType=hangup&EventTime=1780000750000000&CallStatus=ANSWER&${talk}`,
  'EventType=hangup&EventTime=1780000760000000&Bridged=no&CallID=4b70&SubCallID=85887-4b70&CallFlow=in&CalledNumber=453*887&CallerIDNum=%2B79160000002'
])
for (const calls of batches(records.flatMap(uploadOf('Europe/Moscow', { '453*101': '101' }))))
  for (const call of calls) console.log(JSON.stringify(call))
