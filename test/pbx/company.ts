import type { Config, Directory } from '../../src/config/Config.js'
import type { ExtensionType } from '../../src/event/CallEvent.js'

/** One extension of the company. The PBX knows it by a name and by a numeric id. */
export interface Extension {
  readonly name: string
  readonly id: string
  readonly type: ExtensionType
}

const extension = (short: number, id: number, type: ExtensionType): Extension => ({ name: `453*${short}`, id: String(id), type })

/** The simulated company: six phones, an IVR, two queues. Keys are the short numbers that people say. */
export const company = {
  101: extension(101, 85218, 'phone'),
  102: extension(102, 85219, 'phone'),
  103: extension(103, 85220, 'phone'),
  104: extension(104, 85231, 'phone'),
  105: extension(105, 85240, 'phone'),
  106: extension(106, 85255, 'phone'),
  800: extension(800, 96800, 'ivr'),
  887: extension(887, 96857, 'queue'),
  888: extension(888, 96858, 'queue')
} as const satisfies Readonly<Record<number, Extension>>

export type Phone = 101 | 102 | 103 | 104 | 105 | 106
export type Ivr = 800
export type Queue = 887 | 888
export type Short = Phone | Ivr | Queue

export const phones: ReadonlyArray<Phone> = [101, 102, 103, 104, 105, 106]

/** What stands behind the `@` of `CallerExtension` and `CalledExtension`. */
export const domain = 'pbx.example'

/** The public numbers of the company, as `CalledDID` has them. */
export const dids: ReadonlyArray<string> = ['74950000001', '74950000002', '74950000003']

/** Who calls the company and is called by it. */
export const clientNumbers: ReadonlyArray<string> =
  Array.from({ length: 30 }, (_, n) => `+7916${String(n + 1).padStart(7, '0')}`)

/** Mobile phones and partners outside, to which calls are forwarded. */
export const outsideNumbers: ReadonlyArray<string> = ['+79160000901', '+79160000902', '+79160000903']

/** The names that the telephone network may send: Cyrillic, and signs that a careless encoder would trip over. */
export const callerNames: ReadonlyArray<string> = ['ООО «Ромашка»', 'Клиент 7', 'Ромашка & Ко = 100%', 'LLC "Camomile"', 'shop+call']

/** What each extension is, by its name: the correlator's directory. */
export const directory: Directory = Object.fromEntries(Object.values(company).map(({ name, type }) => [name, type]))

/** The configuration under which the healthy flows are healthy. */
export const companyConfig: Config = { directory }
