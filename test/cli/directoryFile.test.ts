import { left, right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { parseDirectory, readDirectory } from '../../src/cli/directoryFile.js'
import { temporaryFolder } from './command.js'

const folder = temporaryFolder()

test('a JSON object, extension to type, with or without a byte order mark', () => {
  expect(parseDirectory('\ufeff{"453*101":"phone","96857":"queue"}')).toEqual(right({ '453*101': 'phone', 96857: 'queue' }))
})

test('__proto__ is an extension like any other', () => {
  const directory = parseDirectory('{"__proto__":"phone"}')
  expect(directory._tag === 'Right' && Object.entries(directory.right)).toEqual([['__proto__', 'phone']])
})

test.each([
  ['', 'is not valid JSON'],
  ['{"453*101":"phone"', 'is not valid JSON'],
  ['["phone"]', 'is no JSON object of extensions and their types'],
  ['null', 'is no JSON object of extensions and their types'],
  ['{"453*101":"Phone"}', '"453*101" is "Phone", not "phone", "ivr", "queue" or "fax"'],
  ['{"453*101":{"type":"phone"}}', '"453*101" is {"type":"phone"}, not "phone", "ivr", "queue" or "fax"']
])('%j: %s', (text, reason) => {
  expect(parseDirectory(text)).toEqual(left(reason))
})

test('what is wrong with a file begins with its name', async () => {
  expect(await readDirectory(folder.path('none.json'))).toEqual(left(`${folder.path('none.json')}: no such file`))
  expect(await readDirectory(folder.path('.'))).toEqual(left(`${folder.path('.')}: is a folder`))
  const file = folder.file('bad.json', '{')
  expect(await readDirectory(file)).toEqual(left(`${file}: is not valid JSON`))
})
