import { useEffect, useState } from 'preact/hooks'
import { ask, messageOf } from './ask.js'
import { useDesk } from './Desk.js'
import { employee, moment, shownNumber } from './shown.js'
import type { Ringing, ToCallBackAnswer, WaitingClient } from './types.js'

/** So many stand there at first. */
const FEW = 6

const digitsOf = (number: string | undefined): string => (number ?? '').replace(/\D/g, '')

const Waiting = ({ waiting, busy }: { readonly waiting: WaitingClient; readonly busy: boolean }) => {
  const { words, employees, dial } = useDesk()
  const { number, client, misses, last, attempts, extensions } = waiting
  const shown = shownNumber(number)
  const own = waiting.name === undefined || digitsOf(waiting.name) === digitsOf(number) ? undefined : waiting.name
  const name = client?.name ?? own
  const facts = [words.calledInVain(misses, moment(last, words, new Date())), ...extensions.slice(-1).map((extension) => employee(extension, employees)), ...(attempts === 0 ? [] : [words.tried(attempts)])]
  return (
    <li>
      <div>
        <div class="who">{name ?? shown}</div>
        <div class="dim small">{[...(name === undefined ? [] : [shown]), ...facts].join(' · ')}</div>
      </div>
      {busy ? (
        <span class="chip talking">{words.onTheLineNow}</span>
      ) : (
        <button type="button" class="act" aria-label={words.callNumber(name ?? shown)} onClick={() => dial(number)}>
          {words.call}
        </button>
      )}
    </li>
  )
}

/** Who called in vain, and with whom nobody has talked since. */
export const ToCallBack = ({ ringing }: { readonly ringing: Ringing | undefined }) => {
  const { words, say } = useDesk()
  const [answer, setAnswer] = useState<ToCallBackAnswer | undefined>(undefined)
  const [all, setAll] = useState(false)
  useEffect(() => {
    if (ringing === undefined) return
    ask<ToCallBackAnswer>('/api/to-call-back').then(setAnswer, (error: unknown) => say(messageOf(error)))
  }, [ringing?.seq])
  if (answer === undefined) return null
  const { clients, anonymous } = answer
  const busy = new Set(ringing?.legs.map(({ remoteNumber }) => digitsOf(remoteNumber)))
  return (
    <section aria-labelledby="back" class="back">
      <div class="bar">
        <h2 id="back">{words.toCallBack}</h2>
        <span class={clients.length === 0 ? 'count' : 'count some'}>{clients.length}</span>
      </div>
      {clients.length === 0 ? (
        <p class="none">{words.nobodyWaits}</p>
      ) : (
        <ul class="list waits">
          {clients.slice(0, all ? Infinity : FEW).map((waiting) => (
            <Waiting key={waiting.digits} waiting={waiting} busy={busy.has(waiting.digits)} />
          ))}
        </ul>
      )}
      {all || clients.length <= FEW ? null : (
        <button type="button" class="more-of" onClick={() => setAll(true)}>
          {words.showAll(clients.length - FEW)}
        </button>
      )}
      {anonymous === 0 ? null : <p class="dim small under">{words.anonymous(anonymous)}</p>}
    </section>
  )
}
