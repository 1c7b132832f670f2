import { left, right, type Either } from 'fp-ts/lib/Either.js'
import { dialled, label, UNSHOWN } from '../ports/sendable.js'
import type { Action } from './Action.js'

/** An XML element of the response: its name, its attributes in order, its text. */
export interface Element {
  readonly name: Action['action']
  readonly attributes: ReadonlyArray<readonly [string, string]>
  readonly text: string
}

/** A field of an action that the PBX could not read. */
export interface WrongField {
  readonly field: string
  readonly value: unknown
  readonly reason: string
}

/** A field, what it holds, and what is wrong with that, if anything. */
type Checked = readonly [field: string, value: unknown, wrong: string | undefined]

const matches = (value: unknown, shape: RegExp, wrong: string): string | undefined =>
  typeof value === 'string' && shape.test(value) ? undefined : wrong

const variable = (value: unknown): string | undefined =>
  matches(value, /^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'is no name of a variable: a letter or _, then letters, digits and _, at most 64')

const token = (value: unknown): string | undefined =>
  matches(value, /^[A-Za-z0-9_*#-]{1,64}$/, 'is not 1 to 64 letters, digits, _, *, # and -')

const file = (value: unknown): string | undefined =>
  matches(value, /^[A-Za-z0-9_][A-Za-z0-9_. -]{0,254}$/, 'is no name of a file: letters, digits, _, ., - and spaces, no folder')

const language = (value: unknown): string | undefined =>
  matches(value, /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'is no language, like ru-RU')

const wholeSeconds = (value: unknown): string | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 3600 ? undefined : 'is not 1 to 3600 whole seconds'

const truth = (value: unknown): string | undefined => (typeof value === 'boolean' ? undefined : 'is neither true nor false')

/** One line, which may be empty: a variable can be emptied. */
const line = (value: unknown): string | undefined => (value === '' ? undefined : label(value))

const speech = (value: string): string | undefined => {
  if (value.trim() === '') return 'is empty'
  if (value.length > 4096) return 'is longer than 4096 characters'
  return UNSHOWN.test(value.replace(/[\t\n]/g, ' ')) ? 'has a character that XML cannot carry' : undefined
}

/** XML reads every line end as `\n`; so that is what is checked and sent. What is no text is empty. */
const lineEnds = (text: unknown): string => (typeof text === 'string' ? text.replace(/\r\n?/g, '\n') : '')

/** The element, once everything in it has been checked; what is written into it is not even looked at before. */
const element = (
  name: Action['action'],
  checks: ReadonlyArray<Checked>,
  attributes: () => Element['attributes'] = () => [],
  text = ''
): Either<WrongField, Element> => {
  for (const [field, value, reason] of checks) if (reason !== undefined) return left({ field, value, reason })
  return right({ name, attributes: attributes(), text })
}

/** The element of an action; or the first field of it that the PBX could not read. */
export const elementOf = (action: Action): Either<WrongField, Element> => {
  switch (action.action) {
    case 'SetVar': {
      const { name, value } = action
      return element('SetVar', [['name', name, variable(name)], ['value', value, line(value)]], () => [['name', name]], value)
    }
    case 'Jump': {
      const { context, option } = action
      return element(
        'Jump',
        [['context', context, token(context)], ['option', option, token(option)]],
        () => [['context', context], ['option', option]]
      )
    }
    case 'Pause':
      return element('Pause', [['seconds', action.seconds, wholeSeconds(action.seconds)]], () => [['length', String(action.seconds)]])
    case 'SetCaller': {
      const { name, number } = action
      return element(
        'SetCaller',
        [['name', name, label(name)], ['number', number, dialled(number)]],
        () => [['name', name], ['number', number]]
      )
    }
    case 'PlaySound': {
      const { where, digits } = action
      return element(
        'PlaySound',
        [
          ['where', where, matches(where, /^(foreground|background)$/, 'is neither foreground nor background')],
          ['digits', digits, digits === undefined ? undefined : variable(digits)],
          ['file', action.file, file(action.file)]
        ],
        () => (digits === undefined ? [['where', where]] : [['where', where], ['digitvar', digits]]),
        action.file
      )
    }
    case 'SimpleTransfer': {
      const { to, final, timeout } = action
      return element(
        'SimpleTransfer',
        [['to', to, dialled(to)], ['final', final, truth(final)], ['timeout', timeout, wholeSeconds(timeout)]],
        () => [['final', final ? 'yes' : 'no'], ['timeout', String(timeout)]],
        to
      )
    }
    case 'TTS': {
      const text = lineEnds(action.text)
      return element(
        'TTS',
        [
          ['text', action.text, speech(text)],
          ['language', action.language, language(action.language)],
          ['playNow', action.playNow, truth(action.playNow)]
        ],
        () => [['lang', action.language], ['play_now', String(action.playNow)]],
        text
      )
    }
    case 'Hangup':
      return element('Hangup', [])
  }
}
