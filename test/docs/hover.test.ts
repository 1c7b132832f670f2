import ts from 'typescript'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const file = fileURLToPath(new URL('../../src/record/CallRecord.ts', import.meta.url))
const text = ts.sys.readFile(file) ?? ''

/** What an editor shows of a word. */
const hover = (word: string): string => {
  const service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => (ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(ts.sys.readFile(name) ?? '') : undefined),
    getCurrentDirectory: () => fileURLToPath(new URL('../..', import.meta.url)),
    getCompilationSettings: () => ({ strict: true, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022 }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => ts.sys.fileExists(name),
    readFile: (name) => ts.sys.readFile(name)
  })
  return ts.displayPartsToString(service.getQuickInfoAtPosition(file, text.indexOf(word))?.displayParts)
}

test('an editor shows the unit of a time and of a length of time, and no bare number', () => {
  expect(hover('talkTime?:')).toMatch(/: Micros\b/)
  expect(hover('startedAt?:')).toMatch(/: EpochMicros\b/)
})
