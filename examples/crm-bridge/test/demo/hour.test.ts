import { ledger } from 'call-legs'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { busyHour } from '../../demo/hour.js'
import { startTones, tone } from '../../demo/tone.js'
import { sendingsOf } from '../../pbx/programme.js'
import { readRecording, type WireEvent } from '../../pbx/recording.js'
import { timeOf } from '../../pbx/times.js'

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

const read = readRecording(readFileSync(path('../../../events/day.ndjson'), 'utf8'))
const day: ReadonlyArray<WireEvent> = 'reason' in read ? [] : read
const directory = JSON.parse(readFileSync(path('../../../directory.json'), 'utf8'))

const hour = busyHour(day, { every: 12_000_000, speed: 2 }, 7)

test('the first event of the busy hour is told at once, and no event is waited for longer than a call', () => {
  const sendings = sendingsOf(hour, { method: 'both', shuffle: 0.05, repeat: 0.05, places: 3, seed: 1, speed: 1 }, Date.now() * 1000)
  const moments = sendings.map(({ after = 0 }) => after)
  expect(moments[0]).toBeLessThan(1_000)
  // until the last call begins, after which the next round goes on
  const steady = moments.filter((moment) => moment < 10 * 60_000)
  expect(Math.max(...steady.map((moment, i) => moment - (steady[i - 1] ?? 0)))).toBeLessThanOrEqual(12_000)
  expect(steady.length).toBeGreaterThan(200)
})

test('its calls end, and their talks are as long as the PBX says', () => {
  const { records, anomalies } = ledger({ directory })(hour)
  expect(records.filter(({ kind }) => kind === 'incomplete')).toEqual([])
  expect(anomalies.filter(({ kind }) => kind === 'never-closed')).toEqual([])
  const before = ledger({ directory })(day).anomalies.filter(({ kind }) => kind === 'duration-contradiction').length
  expect(anomalies.filter(({ kind }) => kind === 'duration-contradiction').length).toBeLessThanOrEqual(before)
  expect(new Set(records.map(({ kind }) => kind)).size).toBeGreaterThan(4)
})

test('no call of one start or round is a call of another', () => {
  const ids = (events: ReadonlyArray<WireEvent>): ReadonlyArray<string | undefined> => events.flatMap(({ CallID, RecID }) => [CallID, RecID]).filter((id) => id !== undefined)
  const other = new Set(ids(busyHour(day, { every: 12_000_000, speed: 2 }, 8)))
  expect(ids(hour).filter((id) => other.has(id))).toEqual([])
})

test('the times are whole microseconds', () => {
  expect(hour.every((event) => timeOf(event) !== undefined)).toBe(true)
})

test('a recording is a WAV file of six seconds, whole or in part', async () => {
  const wav = Buffer.from(tone('85101-a'))
  expect([wav.toString('latin1', 0, 4), wav.toString('latin1', 8, 12), wav.readUInt32LE(40)]).toEqual(['RIFF', 'WAVE', 8_000 * 2 * 6])
  const tones = await startTones()
  const whole = await fetch(tones.urlOf('85101-a'))
  expect([whole.status, whole.headers.get('content-type'), (await whole.arrayBuffer()).byteLength]).toEqual([200, 'audio/wav', wav.length])
  const part = await fetch(tones.urlOf('85101-a'), { headers: { range: 'bytes=10-19' } })
  expect([part.status, part.headers.get('content-range'), (await part.arrayBuffer()).byteLength]).toEqual([206, `bytes 10-19/${wav.length}`, 10])
  tones.close()
})
