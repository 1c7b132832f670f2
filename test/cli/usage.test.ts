import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseCommandLine } from '../../src/cli/commandLine.js'
import { hours, minutes, seconds } from '../../src/index.js'
import { run, runWith, temporaryFolder } from './command.js'
import { answeredCall, lines } from './wire.js'

const folder = temporaryFolder()
const good = lines(answeredCall('c1', 0))

test('--version is that of the package', async () => {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(await run('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
})

test('--help names the commands, and each command its options, the durations and the exit status', async () => {
  const main = await run('--help')
  expect(main).toMatchObject({ status: 0, stderr: '' })
  expect(main.stdout).toMatch(/classify[^]*explain/)
  const classify = await run('classify', '--help')
  expect(await run('help', 'classify')).toEqual(classify)
  expect(classify.status).toBe(0)
  for (const option of [
    '--format', '--changes', '--lateness', '--directory', '--settle', '--ring-timeout', '--closed-retention', '--open-retention',
    '--missed-rule', '--missed-at-phone', '--local', '--rejects', '--anomalies', '--utc'
  ]) expect(classify.stdout).toContain(option)
  for (const { stdout } of [classify, await run('explain', '--help')]) {
    expect(stdout).toContain('250ms, 10s, 3m, 2h, 1d')
    expect(stdout).toContain('Exit status:')
  }
})

/** What the words come to, and what is said on standard error. */
const parse = (...words: ReadonlyArray<string>) => {
  let said = ''
  const command = parseCommandLine(words, { version: '1', out: () => undefined, err: (text) => (said += text) })
  return { command, said }
}

test.each<readonly [string, ReadonlyArray<string>, string]>([
  ['no command', [], 'Usage: call-legs'],
  ['an unknown command', ['clasify'], 'call-legs: unknown command \'clasify\''],
  ['an unknown option', ['classify', '--colour'], 'call-legs: unknown option \'--colour\''],
  ['explain without a call', ['explain'], 'missing required argument \'CALL_ID\''],
  ['an empty CallID', ['explain', '/missed'], '"/missed" is no CallID'],
  ['another format', ['classify', '--format', 'xml'], 'Allowed choices are json, table, csv'],
  ['another rule', ['classify', '--missed-rule', 'always'], 'Allowed choices are never-accepted, last-hangup'],
  ['no duration', ['classify', '--settle', '5'], '--settle "5" is no duration such as 250ms, 10s, 3m, 2h or 1d'],
  ['a negative duration', ['classify', '--lateness=-5s'], '--lateness "-5s" is no duration'],
  ['no such kind', ['classify', '--kind', 'answered,lost'], '--kind "lost" is none of answered, transferred,'],
  ['no moment', ['classify', '--since', 'yesterday'], '--since "yesterday" is no day and no moment'],
  ['a day that no calendar has', ['summary', '--until', '2026-02-30'], '--until "2026-02-30" is no day'],
  ['an hour that no clock shows', ['summary', '--until', '2026-02-03T25:00'], 'is no day and no moment'],
  ['a number without a digit', ['classify', '--number', 'me'], '--number "me" has no digit'],
  ['a report to nowhere', ['report'], 'required option \'-o, --output <file>\' not specified'],
  ['changes as CSV', ['classify', '--changes', '--format', 'csv'], '--changes prints JSON, it cannot be CSV'],
  ['changes as a table', ['classify', '--changes', '--format', 'table'], '--changes prints JSON'],
  ['standard input twice', ['classify', '-', '-'], 'the standard input can be read only once'],
  ['control characters', ['classify', '--\u001b[1m'], 'unknown option \'--\\u001b[1m\'']
])('%s is an error of usage: status 2', (_, words, message) => {
  const { command, said } = parse(...words)
  expect(said).toContain(message)
  expect(command).toEqual({ name: 'none', status: 2 })
})

test('an error of usage ends the command before anything is read', async () => {
  const { status, stdout, stderr } = await runWith(good, 'classify', '--settle', '5')
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: 'call-legs: --settle "5" is no duration such as 250ms, 10s, 3m, 2h or 1d\n'
  })
})

test('the options are those of the configuration', () => {
  const { command } = parse(
    'classify', '--changes', '--lateness', '250ms', '--directory', 'd', '--settle', '10s', '--ring-timeout', '3m', '--closed-retention', '2h',
    '--open-retention', '1d', '--missed-rule', 'last-hangup', '--missed-at-phone', '--local', '--rejects', 'r', '--anomalies', 'a', '--utc', 'f', '-'
  )
  expect(command).toEqual({
    name: 'classify',
    files: ['f', '-'],
    changes: true,
    filter: {},
    format: undefined,
    lateness: 250_000,
    directory: 'd',
    rejects: 'r',
    anomalies: 'a',
    zone: 'utc',
    config: {
      settle: seconds(10),
      ringTimeout: minutes(3),
      closedRetention: hours(2),
      openRetention: hours(24),
      missedRule: 'last-hangup',
      missedAtPhone: true,
      local: true
    }
  })
  expect(parse('explain', 'AB12/85218-AB12').command).toMatchObject({ name: 'explain', callId: 'ab12', files: [], zone: 'local' })
})

test('no output is written over an input, the directory or another output', async () => {
  const events = folder.file('events', good)
  const directory = folder.file('directory.json', '{}')
  const both = folder.path('both')
  for (const words of [
    ['--rejects', events, events],
    ['--anomalies', folder.path('./events'), events],
    ['--anomalies', directory, '--directory', directory, events],
    ['--rejects', both, '--anomalies', both, events]
  ]) {
    const { status, stdout, stderr } = await run('classify', ...words)
    expect(stderr).toMatch(/^call-legs: .*: would be written over another file of this command\n$/)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  }
  expect(folder.read('events')).toBe(good)
  expect(folder.read('directory.json')).toBe('{}')
})

test('an output that cannot be opened ends the command before anything is read', async () => {
  const nowhere = folder.path('none/rejects')
  expect(await runWith(good, 'classify', '--rejects', nowhere)).toEqual({ status: 2, stdout: '', stderr: `call-legs: ${nowhere}: no such file\n` })
})

test.skipIf(!existsSync('/dev/full'))('an output that cannot be written is told, with status 2, and the records are there all the same', async () => {
  const { status, stdout, stderr } = await runWith(`x\n${good}`, 'classify', '--rejects', '/dev/full')
  expect(stdout).toContain('"callId":"c1"')
  expect(stderr).toContain('call-legs: /dev/full: no space left\n')
  expect(status).toBe(2)
})
