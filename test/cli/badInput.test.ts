import { existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { recordsOf, run, runWith, start, temporaryFolder, type Ran } from './command.js'
import { answeredCall, busyCall, form, json, lines } from './wire.js'

const folder = temporaryFolder()

const good = lines(answeredCall('c1', 0))
const [, , hangup = {}] = answeredCall('c9', 0)

let goodStdout = ''
beforeAll(async () => {
  goodStdout = (await runWith(good, 'classify')).stdout
  expect(recordsOf(goodStdout).map(({ callId }) => callId)).toEqual(['c1'])
})

/** Each is a line, and what is told of it. */
const BAD: ReadonlyArray<readonly [what: string, line: string, message: string | RegExp]> = [
  ['garbage', 'connection reset', 'the input "connection reset" is neither a JSON object nor form-encoded'],
  ['truncated JSON', json(hangup).slice(0, 40), /^the input "\{.*" is not valid JSON$/],
  ['a JSON array', '[1,2]', 'the input "[1,2]" is JSON, but no object'],
  ['a JSON text', '"hangup"', 'the input "\\"hangup\\"" is JSON, but no object'],
  ['a number', '42', 'the input "42" is JSON, but no object'],
  ['null', 'null', 'the input "null" is JSON, but no object'],
  ['no EventType', form({ CallID: 'c9' }).trimEnd(), 'EventType is missing'],
  ['an unknown kind', json({ ...hangup, EventType: 'explode' }).trimEnd(), /^EventType "explode" is /],
  ['a negative time', json({ ...hangup, EventTime: '-5' }).trimEnd(), /^EventTime "-5" is not /],
  ['a time of 30 digits', json({ ...hangup, EventTime: '1'.repeat(30) }).trimEnd(), /^EventTime "1{30}" is not /],
  ['no time', json({ ...hangup, EventTime: '' }).trimEnd(), 'EventTime is missing'],
  ['a huge field', json({ ...hangup, CallID: 'x'.repeat(100_000) }).trimEnd(), `CallID "${'x'.repeat(256)}" is longer than 256 characters`],
  ['an object for a CallID', '{"EventType":"hangup","EventTime":"1780466400000000","CallID":{}}', 'CallID "an object" is not a text'],
  ['a slash in the CallID', json({ ...hangup, CallID: 'a/b' }).trimEnd(), 'CallID "a/b" has a / in it'],
  ['a Bridged that means nothing', json({ ...hangup, Bridged: 'maybe' }).trimEnd(), 'Bridged "maybe" is neither yes nor no'],
  ['NUL bytes', '\u0000\u0000\u0000', /^the input "(\\u0000){3}" is neither /],
  ['escape sequences', '\u001b[2J\u009b31m', /^the input "\\u001b\[2J\\u009b31m" is neither /]
]

describe('a line that is no event is named, with what is wrong, and the others are processed', () => {
  let told: Ran
  beforeAll(async () => {
    const [dial, ...rest] = answeredCall('c1', 0).map(json)
    told = await runWith(`${dial}${BAD.map(([, line]) => `${line}\n`).join('')}${rest.join('')}`, 'classify')
  })

  test.each(BAD.map(([what, , message], i) => [what, i + 2, message] as const))('%s', (_, line, message) => {
    const [said = ''] = told.stderr.split('\n').filter((text) => text.startsWith(`call-legs: standard input:${line}: `))
    const reason = said.slice(`call-legs: standard input:${line}: `.length)
    if (typeof message === 'string') expect(reason).toBe(message)
    else expect(reason).toMatch(message)
  })

  test('one line for each, no stack trace, the good call recorded, status 1', () => {
    expect(told.stderr.trimEnd().split('\n')).toHaveLength(BAD.length)
    expect(told.stdout).toBe(goodStdout)
    expect(told.status).toBe(1)
  })

  test('the file and the line are named, each file counting for itself', async () => {
    const [first, second] = [folder.file('first', `${good}x\n`), folder.file('second', '\ny')]
    const { status, stderr } = await run('classify', first, second)
    expect(stderr).toBe(
      `call-legs: ${first}:4: the input "x" is neither a JSON object nor form-encoded\n` +
        `call-legs: ${second}:2: the input "y" is neither a JSON object nor form-encoded\n`
    )
    expect(status).toBe(1)
  })

  test('--rejects keeps them verbatim, to the byte', async () => {
    const bad = Buffer.concat([Buffer.from('caf'), Uint8Array.of(0xe9, 0x00, 0xff), Buffer.from(' \r')])
    const input = Buffer.concat([Buffer.from('\n'), bad, Buffer.from(`\n${good}`)])
    const { status, stdout, stderr } = await runWith(input, 'classify', '--rejects', folder.path('rejects'))
    expect(stdout).toBe(goodStdout)
    expect(readFileSync(folder.path('rejects'))).toEqual(Buffer.concat([bad, Buffer.from('\n')]))
    expect(stderr).toContain('standard input:2: ')
    expect(status).toBe(1)
  })

  test('--rejects is empty if nothing is rejected', async () => {
    await runWith(good, 'classify', '--rejects', folder.path('none'))
    expect(folder.read('none')).toBe('')
  })
})

describe.concurrent('what is odd, but an event', () => {
  test('__proto__ and constructor are keys and ids like any others', async () => {
    const ids = ['__proto__', 'constructor', 'toString', 'hasownproperty']
    const events = ids.flatMap((id, i) => busyCall(id, i, { SubCallID: id, constructor: 'x' }))
    const polluted = events.map((event) => `{"__proto__":{"CallID":"y"},${json(event).slice(1)}`).join('')
    const { status, stdout, stderr } = await runWith(polluted, 'classify')
    expect(recordsOf(stdout).map(({ id }) => id)).toEqual(ids.map((id) => `${id.toLowerCase()}/${id.toLowerCase()}`))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  test('a CallID of another case is the same call', async () => {
    const mixed = answeredCall('c1', 0).map((event) => (event.EventType === 'hangup' ? { ...event, CallID: 'C1', SubCallID: '85218-C1' } : event))
    expect((await runWith(lines(mixed), 'classify')).stdout).toBe(goodStdout)
  })

  test.each<readonly [string, string | Uint8Array]>([
    ['no final line feed', good.trimEnd()],
    ['CRLF', good.replaceAll('\n', '\r\n')],
    ['CRLF of form-encoded lines', answeredCall('c1', 0).map(form).join('').replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${good}`],
    ['empty lines and white space', `\n\n  \t\r\n${good}\n \n`],
    ['white space before the brace', good.replaceAll('{"EventType', '  {"EventType')]
  ])('%s', async (_, input) => {
    expect(await runWith(input, 'classify')).toEqual({ status: 0, stdout: goodStdout, stderr: '' })
  })

  test('Cyrillic in any place of any chunk stays whole', async () => {
    const name = 'ООО «Ромашка и партнёры»'
    const calls = Array.from({ length: 400 }, (_, i) => lines(answeredCall(`c${i}`, i, { CallerIDName: `${'я'.repeat(i % 7)}${name}` }))).join('')
    const file = folder.file('cyrillic', calls)
    for (const { stdout } of [await run('classify', file), await runWith(calls, 'classify')]) {
      const names = recordsOf(stdout).map(({ remoteName }) => remoteName)
      expect(names).toHaveLength(400)
      expect(names.every((name) => /^я{0,6}ООО «Ромашка и партнёры»$/.test(name ?? ''))).toBe(true)
    }
  })

  test('control characters of the data reach no terminal', async () => {
    const nasty = { CallerIDName: '\u001b]0;title\u0007\u009b2J', CalledDID: '\u202e1', Duration: '\u001b[31m' }
    const input = lines(answeredCall('\u001b[1m', 0, nasty))
    for (const words of [['classify'], ['classify', '--format', 'table'], ['explain', '\u001b[1m'], ['explain', '\u001b[31mnobody']]) {
      const { stdout, stderr } = await runWith(input, ...words)
      expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
      expect(stdout + stderr).toContain('\\u001b[')
    }
  })
})

describe('a line without an end', () => {
  test('is rejected by its number, kept verbatim, and the next line is read', async () => {
    const long = `{"x":"${'y'.repeat(3 << 20)}"}\n`
    const { status, stdout, stderr } = await runWith(`\n${long}${good}`, 'classify', '--rejects', folder.path('long'))
    expect(stderr).toBe('call-legs: standard input:2: the input is longer than 1048576 bytes\n')
    expect(folder.read('long')).toBe(long)
    expect({ status, stdout }).toEqual({ status: 1, stdout: goodStdout })
  })

  test.skipIf(!existsSync('/proc/self/status'))('does not fill the memory', async () => {
    const path = folder.file('zeros', '')
    truncateSync(path, 400 << 20)
    const child = start('classify', path)
    let peak = 0
    const watch = setInterval(() => {
      const status = existsSync(`/proc/${child.pid}/status`) ? readFileSync(`/proc/${child.pid}/status`, 'utf8') : ''
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0))
    }, 20)
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1)
    clearInterval(watch)
    expect(peak).toBeGreaterThan(0)
    expect(peak).toBeLessThan(200 << 10)
  })
})

describe.concurrent('an input that cannot be read', () => {
  test('no file, and a folder as a file: named, and the others are processed; status 2 comes before 1', async () => {
    mkdirSync(folder.path('folder'))
    const file = folder.file('readable', `${good}x\n`)
    const { status, stdout, stderr } = await run('classify', folder.path('nowhere'), file, folder.path('folder'))
    expect(recordsOf(stdout).map(({ callId }) => callId)).toEqual(['c1'])
    expect(stderr).toBe(
      `call-legs: ${folder.path('nowhere')}: no such file\n` +
        `call-legs: ${file}:4: the input "x" is neither a JSON object nor form-encoded\n` +
        `call-legs: ${folder.path('folder')}: is a folder\n`
    )
    expect(status).toBe(2)
  })

  test('the name of a file moves no cursor either', async () => {
    const { stderr } = await run('classify', '\u001b[2J')
    expect(stderr).toBe('call-legs: \\u001b[2J: no such file\n')
  })
})

describe.concurrent('a directory that cannot be used ends the command before anything is read', () => {
  test.each<readonly [string, string, string]>([
    ['no JSON', '{', 'is not valid JSON'],
    ['no object', '[]', 'is no JSON object of extensions and their types'],
    ['another type', '{"453*101":"telephone"}', '"453*101" is "telephone", not "phone", "ivr", "queue" or "fax"'],
    ['escape sequences', '{"\\u001b[1m":"\\u009b"}', '"\\u001b[1m" is "\\u009b", not "phone", "ivr", "queue" or "fax"']
  ])('%s', async (what, content, message) => {
    const file = folder.file(`${what}.json`, content)
    expect(await runWith(good, 'classify', '--directory', file)).toEqual({ status: 2, stdout: '', stderr: `call-legs: ${file}: ${message}\n` })
  })

  test('no file', async () => {
    const file = folder.path('nowhere')
    expect(await runWith(good, 'explain', 'c1', '--directory', file)).toEqual({ status: 2, stdout: '', stderr: `call-legs: ${file}: no such file\n` })
  })
})
