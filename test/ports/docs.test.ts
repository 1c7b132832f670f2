import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { company } from '../vendor/company.js'
import { startVendor } from '../vendor/Vendor.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const page = readFileSync(`${root}docs/ports.md`, 'utf8')
const programs = readdirSync(`${root}examples/ports`).map((file) => `examples/ports/${file}`)
const shows = ['examples/click-to-call.ts', 'examples/responsible-employee.ts']

describe('docs/ports.md', () => {
  for (const program of programs) {
    test(`shows ${program} as it is`, () => {
      expect(page).toContain(`[${program}](../${program})\n\n\`\`\`ts\n${readFileSync(root + program, 'utf8')}\`\`\`\n`)
    })
  }

  test('shows no other program', () => {
    expect(page.match(/^```ts$/gm)).toHaveLength(programs.length)
  })

  test('names only files of the source that are there', () => {
    for (const [, file] of page.matchAll(/`(src\/[^`]+)`/g)) expect(readFileSync(`${root}${file ?? ''}`, 'utf8')).not.toBe('')
  })
})

test('the programs compile', () => {
  const config = ts.getParsedCommandLineOfConfigFile(`${root}tsconfig.json`, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined })
  const files = [...programs, ...shows].map((file) => root + file)
  const program = ts.createProgram(files, config?.options ?? {})
  const wrong = files.flatMap((file) => {
    const source = program.getSourceFile(file)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
  })
  expect(wrong.map(({ file, messageText }) => [file?.fileName, messageText])).toEqual([])
})

const run = (program: string, env: Readonly<Record<string, string>> = {}) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', program], { cwd: root, env: { ...process.env, ...env } })

describe.concurrent('the programs run', () => {
  for (const program of programs.filter((name) => name !== 'examples/ports/rest.ts')) {
    test(program, async () => {
      await import(root + program)
    })
  }

  test('examples/ports/rest.ts', async () => {
    const vendor = await startVendor(company)
    const { stdout } = await run('examples/ports/rest.ts', {
      PBX_URL: vendor.url,
      PBX_CLIENT_ID: vendor.clientId,
      PBX_CLIENT_SECRET: vendor.clientSecret
    })
    await vendor.close()
    expect(stdout.split('\n')).toEqual(['85218 453*101 phone', '85219 453*102 phone', '96857 453*887 queue', '96800 453*800 ivr', '96999 453*999 of unknown type', ''])
  })

  test('a click becomes a talk of deal 42', async () => {
    const { stdout, stderr } = await run('examples/click-to-call.ts')
    expect(stdout.split('\n')).toEqual([
      'placed: call 00000000000000000000000000000b51 for deal 42',
      'talked: 453*102 with +79160000001 for 42 s, {"deal":42}',
      ''
    ])
    expect(stderr).toBe('')
  })

  test('callers are sent to their employees', async () => {
    const { stdout } = await run('examples/responsible-employee.ts')
    expect(stdout.split('\n')).toEqual([
      '+79160000001: the caller goes to 453*102',
      '<?xml version="1.0" encoding="UTF-8"?><Response><SetVar name="responsible">453*102</SetVar></Response>',
      '+79160000002: normal greeting: the caller belongs to nobody in particular',
      '<?xml version="1.0" encoding="UTF-8"?><Response/>',
      '+79160000003: normal greeting: the look-up took longer than 0.2 s',
      '<?xml version="1.0" encoding="UTF-8"?><Response/>',
      ''
    ])
  })
})
