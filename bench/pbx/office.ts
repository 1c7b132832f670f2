import type { Directory } from 'call-legs'
import type { Extension } from '../../test/pbx/company.js'

const extensions = (from: number, to: number, type: Extension['type']): ReadonlyArray<Extension> =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ name: `453*${from + i}`, id: String(85_000 + from + i), type }))

/** A company with some hundred phones on one PBX: enough for hundreds of calls at a time. */
export const phones = extensions(100, 799, 'phone')
export const queues = extensions(801, 816, 'queue')
export const ivrs = extensions(901, 904, 'ivr')

/** What each extension is, as the application would tell the correlator. */
export const directory: Directory = Object.fromEntries([...phones, ...queues, ...ivrs].map(({ name, type }) => [name, type]))
