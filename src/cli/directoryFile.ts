import { readFile } from 'node:fs/promises'
import { isLeft, left, right, type Either } from 'fp-ts/lib/Either.js'
import type { Directory, ExtensionType } from '../index.js'
import { systemErrorMessage } from './systemError.js'

const isType = (value: unknown): value is ExtensionType => value === 'phone' || value === 'ivr' || value === 'queue' || value === 'fax'

const parseJson = (text: string): Either<string, unknown> => {
  try {
    return right(JSON.parse(text))
  } catch {
    return left('is not valid JSON')
  }
}

/** The directory that a text holds: a JSON object, extension (name or numeric id) to type. */
export const parseDirectory = (text: string): Either<string, Directory> => {
  const parsed = parseJson(text.replace(/^\ufeff/, ''))
  if (isLeft(parsed)) return parsed
  const json = parsed.right
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return left('is no JSON object of extensions and their types')
  const entries: Array<readonly [string, ExtensionType]> = []
  for (const [extension, type] of Object.entries(json)) {
    if (!isType(type)) return left(`${JSON.stringify(extension)} is ${JSON.stringify(type)}, not "phone", "ivr", "queue" or "fax"`)
    entries.push([extension, type])
  }
  return right(Object.fromEntries(entries))
}

/** The directory of a file; what is wrong begins with the file's name. */
export const readDirectory = async (path: string): Promise<Either<string, Directory>> => {
  try {
    const directory = parseDirectory(await readFile(path, 'utf8'))
    return isLeft(directory) ? left(`${path}: ${directory.left}`) : directory
  } catch (error) {
    return left(`${path}: ${systemErrorMessage(error)}`)
  }
}
