import { timeline } from 'call-legs/diagram'
import { dateOf } from './shown.js'
import type { CallExplanation, LegExplanation } from './types.js'
import type { Words } from './words.js'

/** What the picture says by itself, in the words of the library, and what it is to say: each text is gone through in this order. */
export type PictureWords = ReadonlyArray<readonly [RegExp, string]>

export const ENGLISH_PICTURE: PictureWords = [
  [/\bsays Bridged=yes\b/g, 'accepted'],
  [/\bsays Bridged=no\b/g, 'not accepted'],
  [/(: )?\bno record\b/g, '']
]

export const RUSSIAN_PICTURE: PictureWords = [
  [/^Call of /, 'Звонок: '],
  [/^in an IVR or a queue$/, 'в меню или в очереди'],
  [/^rings$/, 'вызов'],
  [/^talks$/, 'беседа'],
  [/^transfer$/, 'перевод'],
  [/\bphone\b/g, 'телефон'],
  [/\bspecial\b/g, 'меню или очередь'],
  [/\bqueue\b/g, 'очередь'],
  [/\bivr\b/g, 'меню'],
  [/\bfax\b/g, 'факс'],
  [/\bholds the caller from\b/g, 'держит звонок с'],
  [/\brings from\b/g, 'вызов с'],
  [/\btalks from\b/g, 'разговор с'],
  [/\bends at\b/g, 'конец в'],
  [/\bstill open\b/g, 'ещё идёт'],
  [/\bfrom\b/g, 'от'],
  [/\bto\b/g, 'на'],
  [/\bsays Bridged=yes\b/g, 'принят'],
  [/\bsays Bridged=no\b/g, 'не принят'],
  [/(: )?\bno record\b/g, ''],
  [/\bincomplete: talked, and no hangup was seen\b/g, 'конец неизвестен'],
  [/\bincomplete\b/g, 'конец неизвестен'],
  [/\bunsuccessful, /g, ''],
  [/\bno-answer\b/g, 'нет ответа'],
  [/\bbusy\b/g, 'занято'],
  [/\bcancelled\b/g, 'отменён'],
  [/\bcongestion\b/g, 'перегрузка'],
  [/\bunavailable\b/g, 'недоступен'],
  [/\bother\b/g, 'не удался'],
  [/\banswered\b/g, 'ответ'],
  [/\btransferred\b/g, 'перевод'],
  [/\bcallback\b/g, 'обратный звонок'],
  [/\btalked\b/g, 'разговор']
]

/** A leg that has no record says whether somebody answered: why there is none stands behind the fold, like the rules. */
const legForPeople = (leg: LegExplanation, { kinds, causes }: Words): LegExplanation => {
  const verdict = leg.events.some(({ kind }) => kind === 'answer') ? kinds.answered : causes['no-answer']
  return { ...leg, because: [], ...(leg.record === undefined ? { verdict: verdict.toLocaleLowerCase() } : {}) }
}

const forPeople = (explanation: CallExplanation, verdict: string, words: Words): CallExplanation => ({
  ...explanation,
  anomalies: [],
  missed: { ...explanation.missed, verdict, because: [] },
  legs: explanation.legs.map((leg) => legForPeople(leg, words))
})

/**
 * The call's timeline as SVG, all its texts escaped, in the words of the page.
 *
 * @param verdict what came of the call
 */
export const pictureOf = (explanation: CallExplanation, verdict: string, words: Words, { id, width }: { readonly id: string; readonly width: number }): string => {
  const when = (at: number): string => dateOf(at).toLocaleString(words.language === 'ru' ? 'ru' : [], { dateStyle: 'short', timeStyle: 'medium' })
  return timeline(forPeople(explanation, verdict, words), { id, width, when }).replace(/(<(?:text|tspan|title|desc)\b[^>]*>)([^<]+)/g, (_, tag: string, text: string) => tag + words.pictureWords.reduce((said, [before, after]) => said.replace(before, after), text))
}
