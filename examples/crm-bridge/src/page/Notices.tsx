import { useEffect, useState } from 'preact/hooks'
import { ask } from './ask.js'
import { useDesk } from './Desk.js'
import { moment } from './shown.js'
import type { CrmTold, ReconciliationTold } from './types.js'

/** How often the service is asked whether there is something that somebody should know, in milliseconds. */
const EVERY = 60_000

const compare = (): Promise<ReconciliationTold> => ask('/api/reconciliation')
const askCrm = (): Promise<CrmTold> => ask('/api/crm')

const useTold = <A,>(answer: () => Promise<A>): A | undefined => {
  const [told, setTold] = useState<A | undefined>(undefined)
  useEffect(() => {
    const read = (): void => void answer().then(setTold, () => undefined)
    read()
    const timer = setInterval(read, EVERY)
    return () => clearInterval(timer)
  }, [answer])
  return told
}

/** A sentence, and what stands behind it. */
const Notice = ({ sentence, lines }: { readonly sentence: string; readonly lines: ReadonlyArray<string> }) =>
  lines.length === 0 ? (
    <p class="notice">{sentence}</p>
  ) : (
    <details class="notice">
      <summary>{sentence}</summary>
      <ul>
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </details>
  )

const Compared = ({ last }: ReconciliationTold) => {
  const { words } = useDesk()
  if (last === null) return null
  const when = moment(last.at, words, new Date())
  const lines = [...last.found.map(({ what, callId }) => `${what} (${callId})`), ...last.problems]
  return (
    <>
      {last.error === undefined ? null : <Notice sentence={words.comparedInVain(when, last.error)} lines={[]} />}
      {lines.length === 0 ? null : <Notice sentence={words.compared(when, last.differences)} lines={lines} />}
    </>
  )
}

const Crm = ({ away, waiting = 0, records = [], employeesWithoutUser = [] }: CrmTold) => {
  const { words } = useDesk()
  return (
    <>
      {away === undefined ? null : <Notice sentence={words.crmAway(away, waiting)} lines={[]} />}
      {records.length === 0 ? null : <Notice sentence={words.crmSaid(records.length)} lines={records.map(({ record, said }) => `${said} (${record})`)} />}
      {employeesWithoutUser.length === 0 ? null : <Notice sentence={words.crmWithoutUser(employeesWithoutUser)} lines={[]} />}
    </>
  )
}

/** What somebody should know who opens the page: what the PBX's history knew, how the CRM is doing. Nothing, if all is well. */
export const Notices = () => {
  const compared = useTold(compare)
  const crm = useTold(askCrm)
  return (
    <>
      {compared === undefined ? null : <Compared {...compared} />}
      {crm === undefined || crm.crm === null ? null : <Crm {...crm} />}
    </>
  )
}
