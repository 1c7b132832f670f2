import { readFileSync } from 'node:fs'
import { accessErrorMessage, directoryOf, type Directory } from 'call-legs'
import { isRight, left, right, type Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Employees } from './call/employees.js'
import { messageOf, type Log } from './log.js'
import type { Pbx } from './pbxAccess.js'

const Types = t.record(t.string, t.keyof({ phone: null, ivr: null, queue: null, fax: null }))

/** Beside the example: that of the company whose calls the stand-in PBX plays. */
const DEFAULT_FILE = new URL('../../directory.json', import.meta.url)

const fromFile = (file: string | URL): Either<string, Directory> => {
  try {
    const read = Types.decode(JSON.parse(readFileSync(file, 'utf8')))
    return isRight(read) ? read : left('the directory is no map of extensions to phone, ivr, queue or fax')
  } catch (error) {
    return left(`the directory cannot be read: ${messageOf(error)}`)
  }
}

/** What the PBX calls the extensions, or nothing: names are only shown. */
export const readEmployees = async (pbx: Pbx | undefined): Promise<Employees> => {
  const listed = await pbx?.extensions()
  return listed?.ok === true ? Object.fromEntries(listed.value.flatMap(({ name, label }) => (label === undefined ? [] : [[name, label]]))) : {}
}

/** The directory: of the file that was named, else the PBX's own, else the example's. */
export const readDirectory = async (file: string | undefined, pbx: Pbx | undefined, log: Log): Promise<Either<string, Directory>> => {
  if (file !== undefined) return fromFile(file)
  if (pbx === undefined) return fromFile(DEFAULT_FILE)
  const listed = await pbx.extensions()
  if (listed.ok) return right(directoryOf(listed.value))
  // calls are recorded without it too: an IVR and a queue show themselves by Bridged
  log('warn', 'the PBX does not list its extensions; going on without a directory until the next start', { why: accessErrorMessage(listed.error) })
  return right({})
}
