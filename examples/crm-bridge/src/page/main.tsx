import { render } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { ask } from './ask.js'
import { CallList } from './CallList.js'
import { DeskContext, type Desk } from './Desk.js'
import { Dial } from './Dial.js'
import { english } from './en.js'
import { useLive, type Live } from './live.js'
import { Notices } from './Notices.js'
import { callsThatRing, OnTheLine } from './OnTheLine.js'
import { russian } from './ru.js'
import { employee } from './shown.js'
import './style.css'
import { ToCallBack } from './ToCallBack.js'
import type { Employees } from './types.js'
import type { Words } from './words.js'

/** So long a sentence stands at the foot of the page, in milliseconds. */
const SAID = 6_000

/** The first of the browser's languages that the page speaks. */
const wordsFor = (languages: ReadonlyArray<string>): Words =>
  languages.flatMap((language) => (/^ru\b/i.test(language) ? [russian] : /^en\b/i.test(language) ? [english] : []))[0] ?? english

const stateOf = ({ state }: Live, words: Words): string =>
  ({ connecting: words.connecting, live: words.live, away: words.away, 'database-away': words.databaseAway })[state]

/** The calls that have begun to ring since the page was last told, for those who hear it. */
const useNewRinging = ({ ringing }: Live, words: Words, employees: Employees): string => {
  const known = useRef<ReadonlyMap<string, string> | undefined>(undefined)
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (ringing === undefined) return
    const now = callsThatRing(ringing, (extension) => employee(extension, employees), words)
    const before = known.current
    known.current = now
    const fresh = before === undefined ? [] : [...now].filter(([callId]) => !before.has(callId)).map(([, sentence]) => sentence)
    if (fresh.length > 0) setSaid(fresh.join('. '))
  }, [ringing])
  return said
}

const App = ({ words }: { readonly words: Words }) => {
  const live = useLive()
  const [employees, setEmployees] = useState<Employees>({})
  const [said, setSaid] = useState<string | undefined>(undefined)
  const [destination, setDestination] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const heard = useNewRinging(live, words, employees)
  const { ringing, state, ahead } = live

  const desk = useMemo<Desk>(
    () => ({
      words,
      employees,
      say: (sentence) => {
        setSaid(sentence)
        clearTimeout(timer.current)
        timer.current = setTimeout(() => setSaid(undefined), SAID)
      },
      dial: (number) => {
        setDestination(number)
        const mine = document.querySelector<HTMLInputElement>('input.source')
        ;(mine?.value === '' ? mine : document.querySelector<HTMLButtonElement>('button.go'))?.focus()
      }
    }),
    [words, employees]
  )

  useEffect(() => {
    ask<{ readonly employees: Employees }>('/api/employees').then(({ employees: known }) => setEmployees(known), () => undefined)
  }, [])
  useEffect(() => {
    document.title = (ringing?.legs.some((leg) => leg.state === 'ringing') === true ? '● ' : '') + words.title
  }, [ringing])

  return (
    <DeskContext.Provider value={desk}>
      <a class="skip" href="#latest">
        {words.skip}
      </a>
      <header>
        <div>
          <h1>{words.title}</h1>
          <span class={`state ${state}`} role="status">
            <i aria-hidden="true" />
            <span>{stateOf(live, words)}</span>
          </span>
          <Dial destination={destination} onDestination={setDestination} />
        </div>
      </header>
      <main>
        {ringing?.holding === true ? <p class="notice">{words.holding}</p> : null}
        <Notices />
        <ToCallBack ringing={ringing} />
        <OnTheLine ringing={ringing} ahead={ahead} />
        <CallList seq={ringing?.seq} />
      </main>
      <p class="heard" role="status">
        {heard}
      </p>
      <div class="said" role="alert">
        {said === undefined ? null : <p>{said}</p>}
      </div>
    </DeskContext.Provider>
  )
}

const words = wordsFor(navigator.languages)
document.documentElement.lang = words.language
const root = document.getElementById('page')
if (root !== null) render(<App words={words} />, root)
