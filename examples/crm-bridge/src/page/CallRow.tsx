import { clientNumber, speakerOf, stationsOf, talkTimeOf } from '../call/wholeCall.js'
import { CallDetail } from './CallDetail.js'
import { useDesk } from './Desk.js'
import { clock, employee, hour, outcome, shownNumber, whenOf } from './shown.js'
import type { CallRecord, Employees, ListedCall } from './types.js'
import type { Words } from './words.js'

/** A record as a station of the call's way: the extension, or the number outside. */
const stationOf = (record: CallRecord, employees: Employees): string | undefined => {
  const outside = record.kind !== 'missed' && record.transfer !== undefined && record.direction === 'outgoing' ? record.remoteNumber : undefined
  return outside !== undefined ? shownNumber(outside) : record.extension === undefined ? undefined : employee(record.extension, employees)
}

/** Who had the call, one after the other; of a miss, where it was lost. */
const wayOf = (records: ReadonlyArray<CallRecord>, employees: Employees): string => {
  const stations = stationsOf(records).map((record) => stationOf(record, employees))
  return stations.filter((station, i) => station !== undefined && station !== stations[i - 1]).join(' → ')
}

const notesOf = (speaker: CallRecord, records: ReadonlyArray<CallRecord>, words: Words, employees: Employees): string => {
  const passed = records.some(({ kind }) => kind === 'transferred')
  return [
    ...(speaker.kind === 'missed' && speaker.rang.length > 0 ? [words.rang(words.and(speaker.rang.map((extension) => employee(extension, employees))))] : []),
    ...(passed && speaker.kind !== 'transferred' ? [words.passedOn] : []),
    ...(speaker.did === undefined ? [] : [words.line(shownNumber(speaker.did))])
  ].join(' · ')
}

interface Props {
  readonly call: ListedCall
  readonly open: boolean
  readonly seq: number
  readonly onToggle: (callId: string) => void
}

/** A call is one row, whatever legs it has: the answered leg, or else the miss, speaks for it. It opens to how it went. */
export const CallRow = ({ call: { callId, records, client }, open, seq, onToggle }: Props) => {
  const { words, employees } = useDesk()
  const speaker = speakerOf(records)
  if (speaker === undefined) return null
  const number = clientNumber(speaker)
  const shown = number === undefined ? undefined : shownNumber(number)
  const own = speaker.remoteName === number ? undefined : speaker.remoteName
  const name = client?.name ?? own
  const talk = talkTimeOf(records)
  const id = `call-${callId.replace(/[^A-Za-z0-9_-]/g, '-')}`
  return (
    <li>
      <button type="button" class={`row ${speaker.kind}`} aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => onToggle(callId)}>
        <span class="at dim num">{hour(whenOf(records.at(-1) ?? speaker), words)}</span>
        <span class="what">
          <span class={`kind ${speaker.kind}`}>
            <span aria-label={speaker.direction === 'incoming' ? words.incoming : words.outgoing} role="img">
              {speaker.direction === 'incoming' ? '↓' : '↑'}
            </span>
            {outcome(speaker, words)}
          </span>
        </span>
        <span class="client">
          <span class="who">{name ?? shown ?? words.noNumber}</span>
          {name === undefined || shown === undefined ? null : <span class="dim small num">{shown}</span>}
        </span>
        <span class="how">
          <span class="by">{wayOf(records, employees)}</span>
          <span class="dim small">{notesOf(speaker, records, words, employees)}</span>
        </span>
        <span class="talk">{talk === 0 ? '' : clock(talk)}</span>
      </button>
      {open ? <CallDetail callId={callId} seq={seq} id={id} /> : null}
    </li>
  )
}
