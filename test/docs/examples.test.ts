import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import { afterAll, describe, expect, test } from 'vitest'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
// in the project, but not under node_modules, so that `call-legs` is found by its own name, built
const scratch = join(root, '.cache/examples')

const filesOf = (folder: string): ReadonlyArray<string> =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))

/** The code of every `@example` of a file, with the name that the comment is about. */
const examplesOf = (file: string): ReadonlyArray<{ readonly name: string; readonly code: string }> => {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true)
  const found: Array<{ readonly name: string; readonly code: string }> = []
  source.forEachChild((node) => {
    for (const tag of ts.getJSDocTags(node)) {
      if (tag.tagName.text !== 'example') continue
      const name = node.getText().match(/^export (?:const|type|interface) (\w+)/)?.[1] ?? file
      found.push({ name, code: ts.getTextOfJSDocComment(tag.comment) ?? '' })
    }
  })
  return found
}

const programOf = (code: string): string =>
  ts.transpileModule(`import assert from 'node:assert'\n${code.replaceAll(/^```\w*$/gm, '')}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
  }).outputText

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the examples of the doc comments run', () => {
  mkdirSync(scratch, { recursive: true })
  const examples = filesOf('src').flatMap(examplesOf)
  test('and there are some', () => expect(examples.length).toBeGreaterThan(8))
  examples.forEach(({ name, code }, i) => {
    test(name, async () => {
      const file = join(scratch, `${i}-${name}.mjs`)
      writeFileSync(file, programOf(code))
      await run(process.execPath, [file])
    })
  })
})

describe('the documents', () => {
  const documents = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter((name) => name.endsWith('.md'))
  const textOf = (name: string) => readFileSync(join(root, name), 'utf8')

  test('link only to what is there', () => {
    const broken = documents.flatMap((name) =>
      [...textOf(name).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].flatMap(([, target = '']) => {
        const path = join(root, name, '..', target)
        try {
          readFileSync(path)
          return []
        } catch (error) {
          return error instanceof Error && 'code' in error && error.code === 'EISDIR' ? [] : [`${name}: ${target}`]
        }
      })
    )
    expect(broken).toEqual([])
  })

  test('the TypeScript of the README runs, and prints what it says it prints', async () => {
    const readme = textOf('README.md')
    const [, code = ''] = readme.match(/```ts\n([\s\S]*?)```/) ?? []
    const [, printed = ''] = readme.match(/prints\n\n```\n([\s\S]*?)```/) ?? []
    const file = join(scratch, 'readme.mjs')
    writeFileSync(file, programOf(code))
    const { stdout } = await run(process.execPath, [file])
    expect(stdout).toBe(printed)
    expect(code.trim().split('\n').length).toBeLessThan(25)
  })

  test.each(['integrating', 'diagram', 'testing'])('the first program of %s.md runs, and prints what the page says', async (name) => {
    const page = textOf(`docs/${name}.md`)
    const [, code = ''] = page.match(/```ts\n([\s\S]*?)```/) ?? []
    const [, printed = ''] = page.match(/prints[^\n]*\n\n```\n([\s\S]*?)```/) ?? []
    const file = join(scratch, `${name}.mjs`)
    writeFileSync(file, programOf(code))
    expect((await run(process.execPath, [file])).stdout).toBe(printed)
  })

  test('the TypeScript of summary.md runs, and prints what it says it prints', async () => {
    const page = textOf('docs/summary.md')
    const [, code = ''] = page.match(/```ts\n([\s\S]*?)```/) ?? []
    const [, printed = ''] = page.match(/prints\n\n```\n([\s\S]*?)```/) ?? []
    const file = join(scratch, 'summary.mjs')
    writeFileSync(file, programOf(code))
    expect((await run(process.execPath, [file], { cwd: root })).stdout).toBe(printed)
  })

  test('the TypeScript of live.md runs', async () => {
    const [, code = ''] = textOf('docs/live.md').match(/```ts\n([\s\S]*?)```/) ?? []
    const file = join(scratch, 'live.mjs')
    writeFileSync(file, programOf(code))
    expect((await run(process.execPath, [file], { cwd: root })).stdout).toMatch(/^missed [1-9]\d*\n$/)
  })
})

describe('the example programs run', () => {
  const example = async (name: string): Promise<string> =>
    (await run(process.execPath, ['--import', 'tsx', join(root, 'examples', name)], { cwd: root })).stdout

  test('replay.ts prints the calls of a recording', async () => {
    const printed = (await example('replay.ts')).trim().split('\n')
    expect(printed.length).toBeGreaterThan(60)
    expect(printed.filter((line) => line.includes('missed')).length).toBeGreaterThan(5)
  })

  test('live.ts registers the talk at its hangup, and the miss once it has settled', async () => {
    expect(await example('live.ts')).toBe(
      'now 453*101 talking, 453*887 waiting\ninsert answered +79160000001 revision 1\ninsert missed +79160000002 revision 1\n'
    )
  })

  test('resume.ts comes to the same as without a stop', async () => {
    expect(await example('resume.ts')).toMatch(/changes, the same as without a stop\n$/)
  })
})
