import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { english } from './en.js'
import type { Employees } from './types.js'
import type { Words } from './words.js'

/** What every part of the page needs. */
export interface Desk {
  readonly words: Words
  readonly employees: Employees
  /** Says a sentence at the foot of the page, for some seconds. */
  readonly say: (sentence: string) => void
  /** Puts a number into the field of whom to call. */
  readonly dial: (number: string) => void
}

export const DeskContext = createContext<Desk>({ words: english, employees: {}, say: () => undefined, dial: () => undefined })

export const useDesk = (): Desk => useContext(DeskContext)
