import { map, range, type ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { Directory } from '../config/Config.js'

/**
 * One extension of a company. The PBX knows it by a name and by a numeric id.
 *
 * @since 0.1.0
 * @category testing
 */
export interface Extension {
  /** As the directory has it: `453*101`. */
  readonly name: string
  /** The numeric id. */
  readonly id: string
  /** What answers there. */
  readonly type: 'phone' | 'ivr' | 'queue'
}

/**
 * Who works there, and who calls.
 *
 * @since 0.1.0
 * @category testing
 */
export interface Company {
  /** At least one. */
  readonly phones: ReadonlyNonEmptyArray<Extension>
  /** At least one. */
  readonly ivrs: ReadonlyNonEmptyArray<Extension>
  /** At least one. */
  readonly queues: ReadonlyNonEmptyArray<Extension>
  /** The public numbers of the company, as `CalledDID` has them. */
  readonly dids: ReadonlyNonEmptyArray<string>
  /** Who calls the company and is called by it. */
  readonly clients: ReadonlyNonEmptyArray<string>
  /** Mobile phones and partners outside, to which calls are forwarded. */
  readonly outside: ReadonlyNonEmptyArray<string>
  /** A queue rings at least and at most so many phones together. */
  readonly together: readonly [least: number, most: number]
}

/** What stands behind the `@` of `CallerExtension` and `CalledExtension`. */
export const domain = 'pbx.example'

const extension = (short: number, id: number, type: Extension['type']): Extension => ({ name: `453*${short}`, id: String(id), type })

const numbered = (prefix: string, digits: number, count: number): ReadonlyNonEmptyArray<string> =>
  map((n: number) => prefix + String(n).padStart(digits, '0'))(range(1, count))

const outside: Company['outside'] = ['+79160000901', '+79160000902', '+79160000903']

/**
 * A company whose extensions can be named one by one.
 *
 * @since 0.1.0
 * @category testing
 */
export interface SmallCompany extends Company {
  /** Six. */
  readonly phones: readonly [Extension, Extension, Extension, Extension, Extension, Extension]
  /** One. */
  readonly ivrs: readonly [Extension]
  /** Two. */
  readonly queues: readonly [Extension, Extension]
}

/**
 * Six phones, an IVR, two queues.
 *
 * @since 0.1.0
 * @category testing
 */
export const smallCompany: SmallCompany = {
  phones: [
    extension(101, 85218, 'phone'), extension(102, 85219, 'phone'), extension(103, 85220, 'phone'),
    extension(104, 85231, 'phone'), extension(105, 85240, 'phone'), extension(106, 85255, 'phone')
  ],
  ivrs: [extension(800, 96800, 'ivr')],
  queues: [extension(887, 96857, 'queue'), extension(888, 96858, 'queue')],
  dids: numbered('7495000', 4, 3),
  clients: numbered('+7916', 7, 30),
  outside,
  together: [1, 3]
}

const extensions = (from: number, to: number, type: Extension['type']): ReadonlyNonEmptyArray<Extension> =>
  map((short: number) => extension(short, 85_000 + short, type))(range(from, to))

/**
 * Some hundred phones on one PBX: enough for hundreds of calls at a time.
 *
 * @since 0.1.0
 * @category testing
 */
export const largeCompany: Company = {
  phones: extensions(100, 799, 'phone'),
  ivrs: extensions(901, 904, 'ivr'),
  queues: extensions(801, 816, 'queue'),
  dids: numbered('7495000', 4, 40),
  clients: numbered('+7916000', 4, 9_999),
  outside,
  together: [3, 8]
}

/**
 * What each extension of a company is, as an application tells the correlator.
 *
 * @since 0.1.0
 * @category testing
 */
export const directoryOf = ({ phones, ivrs, queues }: Company): Directory =>
  Object.fromEntries([...phones, ...ivrs, ...queues].map(({ name, type }) => [name, type]))
