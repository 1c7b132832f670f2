import { useRef, useState } from 'preact/hooks'
import { ask, messageOf } from './ask.js'
import { useDesk } from './Desk.js'
import { employee, shortExtension, shownNumber } from './shown.js'

/** Where the browser keeps which extension is mine. */
const MINE = 'crm-bridge.extension'

const remembered = (): string => {
  try {
    return localStorage.getItem(MINE) ?? ''
  } catch {
    return ''
  }
}

const remember = (extension: string): void => {
  try {
    localStorage.setItem(MINE, extension)
  } catch {
    // a browser that keeps nothing asks again next time
  }
}

interface Props {
  readonly destination: string
  readonly onDestination: (number: string) => void
}

/** Click-to-call: my phone rings first, then theirs. */
export const Dial = ({ destination, onDestination }: Props) => {
  const { words, employees, say } = useDesk()
  const [source, setSource] = useState(remembered)
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)

  const place = async (): Promise<void> => {
    setBusy(true)
    try {
      remember(source)
      await ask('/api/calls', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ source, destination: destination.replace(/[\s()-]/g, '') }) })
      say(words.ringsFirst(shortExtension(source), shownNumber(destination)))
      onDestination('')
    } catch (error) {
      say(messageOf(error))
    }
    setBusy(false)
  }

  return (
    <form
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        void place()
      }}
    >
      <input class="source" name="source" list="extensions" placeholder="453*101" aria-label={words.myExtension} required maxLength={64} value={source} onInput={({ currentTarget }) => setSource(currentTarget.value)} onChange={() => remember(source)} />
      <datalist id="extensions">
        {Object.keys(employees).map((extension) => (
          <option key={extension} value={extension} label={employee(extension, employees)} />
        ))}
      </datalist>
      <input ref={field} class="destination" name="destination" type="tel" placeholder={words.numberToCall} aria-label={words.numberToCall} required maxLength={64} value={destination} onInput={({ currentTarget }) => onDestination(currentTarget.value)} />
      <button class="go" disabled={busy}>
        {words.call}
      </button>
    </form>
  )
}
