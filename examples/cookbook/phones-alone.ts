/** A number that leads straight to phones: no IVR and no queue says that a call was missed. */
import { ledger, seconds, type Config } from 'call-legs'

const event = (kind: string, second: number, extension: number, more = ''): string =>
  `EventType=${kind}&EventTime=${1_780_000_000_000_000 + seconds(second)}&CallID=4a6f&SubCallID=85${extension}-4a6f&CallFlow=in&CalledNumber=453*${extension}&CallerIDNum=%2B79160000001${more}`

const rungInVain = [
  event('dial-in', 0, 101),
  event('hangup', 20, 101, '&CallStatus=NOANSWER'),
  event('dial-in', 21, 102),
  event('hangup', 40, 102, '&CallStatus=NOANSWER')
]
const answeredAtLast = [...rungInVain, event('dial-in', 41, 103), event('answer', 45, 103), event('hangup', 90, 103, '&CallStatus=ANSWER')]

const show = (title: string, config: Config, events: ReadonlyArray<string>): void => {
  const { records, anomalies } = ledger(config)(events)
  for (const record of records) {
    const where = record.kind === 'missed' ? `at ${record.extension ?? '?'}, rang ${record.rang.join(' ')}` : `at ${record.extension ?? '?'}`
    console.log(`${title}: ${record.kind} ${where}`)
  }
  for (const { kind } of anomalies) console.log(`${title}: no record, the anomaly ${kind}`)
}

show('by default', {}, rungInVain)
show('missedAtPhone', { missedAtPhone: true }, rungInVain)
show('missedAtPhone, and somebody answers', { missedAtPhone: true }, answeredAtLast)
