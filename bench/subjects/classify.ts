import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BEGINNING, directory } from '../pbx/days.js'
import type { Expected } from '../../src/testing/Script.js'
import { everydayStories } from '../pbx/everyday.js'
import { BUSY, linesOf } from '../pbx/stream.js'
import { mustBe, side } from '../Side.js'
import { sizeOf, type Subject } from '../Subject.js'

/** Written in pieces, for the lines are too many for one string. */
const writeLines = (file: string, events: number): { readonly lines: number; readonly expected: ReadonlyArray<Expected> } => {
  const expected: Array<Expected> = []
  const descriptor = openSync(file, 'w')
  let lines = 0
  let piece: Array<string> = []
  const flush = (): void => {
    if (piece.length > 0) writeSync(descriptor, `${piece.join('\n')}\n`)
    piece = []
  }
  const tally = {
    call: (records: ReadonlyArray<Expected>) => {
      expected.push(...records)
    }
  }
  for (const { text } of linesOf({ seed: 41, stories: everydayStories, startAt: BEGINNING, every: BUSY, events }, tally)) {
    lines += 1
    if (piece.push(text) === 1_000) flush()
  }
  flush()
  closeSync(descriptor)
  return { lines, expected }
}

/** The command line as it is installed, in a process of its own, beside the least that a program does with such a file. */
export const classify: Subject = (sizes) => {
  const folder = mkdtempSync(join(tmpdir(), 'call-legs-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const [file, extensions, output, errors] = ['events.ndjson', 'directory.json', 'output', 'errors'].map((name) => join(folder, name))
  if (file === undefined || extensions === undefined || output === undefined || errors === undefined) throw new Error('no names')
  const { lines, expected } = writeLines(file, sizeOf(sizes, 'events'))
  writeFileSync(extensions, JSON.stringify(directory))
  const installed = createRequire(import.meta.url).resolve('call-legs/package.json')

  const run = (program: string, ...args: ReadonlyArray<string>): number | null => {
    const descriptors = [openSync(output, 'w'), openSync(errors, 'w')]
    const { status } = spawnSync(process.execPath, [program, ...args], { stdio: ['ignore', ...descriptors] })
    descriptors.forEach(closeSync)
    return status
  }
  return {
    sides: {
      classify: () =>
        side(
          1,
          () => join(installed, '../dist/cli.js'),
          (cli) => run(cli, 'classify', '--format', 'json', '--directory', extensions, file),
          (status) => {
            if (status !== 0) throw new Error(`classify ended with ${String(status)}: ${readFileSync(errors, 'utf8').slice(0, 2_000)}`)
            mustBe('records', readFileSync(output, 'utf8').split('\n').length - 1, expected.length)
          }
        ),
      'read and parse': () =>
        side(
          1,
          () => fileURLToPath(new URL('./readAndParse.js', import.meta.url)),
          (program) => run(program, file),
          () => mustBe('events', Number(readFileSync(output, 'utf8')), lines)
        )
    },
    facts: { lines, records: expected.length },
    // what a process of its own works is not on this one's clock
    clock: 'wall'
  }
}
