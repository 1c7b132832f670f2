import { describe, expect, test } from 'vitest'
import { completeFromHistory, directoryOf, outcome } from '../../src/ports/index.js'
import { company } from '../vendor/company.js'
import { sayInstead } from '../vendor/misbehaviour.js'
import { given, until } from './access.js'

const CALL = '262077ef325f4868aa49bf22309229f7'
const RECORDING = '85219-0F1E2D3C4B5A69788796A5B4C3D2E1F0'
const URL_OF_RECORDING = 'https://storage.pbx.example/85219-0F1E.mp3?sign=abc'

/** 2026-05-28 20:38:00 UTC. */
const MINUTE = 1_780_000_680_000_000

test('the platform\'s fetch can be handed in as it is', async () => {
  const { pbx } = await given({ fetch })
  expect(await outcome(pbx.extensions())).toMatchObject({ ok: true })
})

describe('the directory', () => {
  test('lists the extensions of all pages, one of a type that nobody knows among them', async () => {
    const { vendor, pbx } = await given({}, { ...company, pageSize: 2 })
    const extensions = await outcome(pbx.extensions())
    expect(extensions).toEqual({
      ok: true,
      value: [
        { id: '85218', name: '453*101', type: 'phone' },
        { id: '85219', name: '453*102', type: 'phone' },
        { id: '96857', name: '453*887', type: 'queue' },
        { id: '96800', name: '453*800', type: 'ivr' },
        { id: '96999', name: '453*999' }
      ]
    })
    expect(vendor.received('extension').map(({ path }) => path.split('?')[1])).toEqual(['page=1', 'page=2', 'page=3', 'page=4'])
    expect(extensions.ok && directoryOf(extensions.value)).toEqual({
      '453*101': 'phone',
      '85218': 'phone',
      '453*102': 'phone',
      '85219': 'phone',
      '453*887': 'queue',
      '96857': 'queue',
      '453*800': 'ivr',
      '96800': 'ivr'
    })
  })

  test('tells what people call an extension; what is no text is no label', async () => {
    const { vendor, pbx } = await given()
    vendor.misbehave(sayInstead('extension', [{ id: 1, name: '453*101', type: 'phone', label: ' Reception ' }, { id: 2, name: '453*102', label: 7 }, { id: 3, name: '453*103', label: ' ' }, { id: 4, name: '453*104', label: null }]))
    const extensions = await outcome(pbx.extensions())
    expect(extensions.ok && extensions.value.slice(0, 4)).toEqual([{ id: '1', name: '453*101', type: 'phone', label: 'Reception' }, { id: '2', name: '453*102' }, { id: '3', name: '453*103' }, { id: '4', name: '453*104' }])
  })

  test('ends where the API knows no pages and always lists the same', async () => {
    const { vendor, pbx } = await given({}, { ...company, pageSize: 1000 })
    expect(await outcome(pbx.extensions())).toMatchObject({ ok: true })
    expect(vendor.received('extension')).toHaveLength(2)
  })

  test('a name like __proto__ is a name like any other', () => {
    const directory = directoryOf([{ id: '1', name: '__proto__', type: 'queue' }])
    expect(Object.entries(directory)).toEqual([['1', 'queue'], ['__proto__', 'queue']])
  })
})

describe('the call history', () => {
  test('tells microseconds, where the vendor tells seconds and UTC texts, and lower case', async () => {
    const { vendor, pbx } = await given()
    expect(await outcome(pbx.history(CALL))).toEqual({
      ok: true,
      value: {
        callId: CALL,
        direction: 'incoming',
        result: 'bridged',
        legs: [
          {
            extensionId: '96857',
            extension: '453*887',
            extensionType: 'queue',
            direction: 'incoming',
            startedAt: MINUTE + 1_120_000,
            answeredAt: MINUTE + 1_000_000,
            endedAt: MINUTE + 58_000_000,
            duration: 57_000_000,
            result: 'answered',
            hangup: 'caller_bye'
          },
          {
            extensionId: '85219',
            extension: '453*102',
            extensionType: 'phone',
            direction: 'incoming',
            startedAt: MINUTE + 6_470_000,
            answeredAt: MINUTE + 47_000_000,
            endedAt: MINUTE + 58_000_000,
            duration: 11_000_000,
            result: 'answered',
            hangup: 'caller_bye',
            recordingId: RECORDING
          }
        ]
      }
    })
    expect(vendor.received('history').map(({ path }) => path)).toEqual([`/api/ver1.0/client/@me/call_history/${CALL.toUpperCase()}`])
  })

  test('asks in lower case too before it says that there is no such call', async () => {
    const { vendor, pbx } = await given()
    const callId = CALL.replace('2', '3')
    expect(await outcome(pbx.history(callId))).toEqual({ ok: false, error: { kind: 'not-found', callId } })
    expect(vendor.received('history').map(({ path }) => path.slice(-32))).toEqual([callId.toUpperCase(), callId])
  })

  test('completes an incomplete record', async () => {
    const { pbx } = await given()
    const history = await outcome(pbx.history(CALL))
    expect(
      history.ok &&
        completeFromHistory(
          {
            v: 1,
            id: `${CALL}/85219-e6bd`,
            kind: 'incomplete',
            direction: 'incoming',
            successful: false,
            callId: CALL,
            subCallId: '85219-e6bd',
            extension: '453*102',
            remoteNumber: '+79160000001',
            startedAt: MINUTE + 6_478_202,
            answeredAt: MINUTE + 47_230_118,
            because: ['R-in', 'R-expiry']
          },
          history.value
        )
    ).toEqual({
      _tag: 'Right',
      right: {
        v: 1,
        id: `${CALL}/85219-e6bd`,
        kind: 'answered',
        direction: 'incoming',
        successful: true,
        callId: CALL,
        subCallId: '85219-e6bd',
        extension: '453*102',
        remoteNumber: '+79160000001',
        startedAt: MINUTE + 6_478_202,
        answeredAt: MINUTE + 47_230_118,
        endedAt: MINUTE + 58_000_000,
        talkTime: 11_000_000,
        status: 'ANSWER',
        recordingId: RECORDING,
        because: ['R-in', 'R-expiry']
      }
    })
  })
})

describe('a recording', () => {
  const talk = {
    v: 1,
    id: `${CALL}/85219-e6bd`,
    kind: 'answered',
    direction: 'incoming',
    successful: true,
    callId: CALL,
    subCallId: '85219-e6bd',
    startedAt: MINUTE + 6_478_202,
    endedAt: MINUTE + 58_238_219,
    because: ['R-in']
  } as const

  test('is found by its id, the case of which is kept', async () => {
    const { vendor, pbx } = await given()
    expect(await outcome(pbx.recordingUrl({ recordingId: RECORDING }))).toEqual({ ok: true, value: URL_OF_RECORDING })
    expect(vendor.received('record').map(({ path }) => path)).toEqual([`/api/ver1.0/client/@me/record/${RECORDING}/storage_url/`])
  })

  test('is found by the record: its RecID, and the history is not asked', async () => {
    const { vendor, pbx } = await given()
    expect(await outcome(pbx.recordingUrlOf({ ...talk, recordingId: RECORDING }))).toEqual({ ok: true, value: URL_OF_RECORDING })
    expect(vendor.received('history')).toEqual([])
  })

  test('is found through the history if the record has no RecID', async () => {
    const { pbx } = await given()
    expect(await outcome(pbx.recordingUrlOf(talk))).toEqual({ ok: true, value: URL_OF_RECORDING })
  })

  test('that does not exist is not found, without trying again', async () => {
    const { vendor, pbx } = await given({ now: () => talk.endedAt + 3_600_000_000 })
    expect(await outcome(pbx.recordingUrlOf({ ...talk, recordingId: '85219-NONE' }))).toEqual({
      ok: false,
      error: { kind: 'not-found', reason: 'recording 85219-NONE' }
    })
    expect(vendor.received('record')).toHaveLength(1)
  })

  test('that is missing shortly after the talk is not ready: tried again, then told', async () => {
    const { vendor, pbx } = await given({ now: () => talk.endedAt + 30_000_000 })
    expect(await outcome(pbx.recordingUrlOf({ ...talk, recordingId: '85219-NONE' }))).toEqual({
      ok: false,
      error: { kind: 'not-ready', reason: 'recording 85219-NONE' }
    })
    expect(vendor.received('record')).toHaveLength(4)
  })

  test('for which the API has no URL yet is not ready, whenever the talk was', async () => {
    const { vendor, pbx } = await given({ readyRetry: { attempts: 1 } })
    expect(await outcome(pbx.recordingUrl({ recordingId: '85219-NOFILEYET' }))).toMatchObject({ error: { kind: 'not-ready' } })
    expect(vendor.received('record')).toHaveLength(1)
  })

  test('that appears meanwhile is found', async () => {
    const recordings: Record<string, string> = {}
    const { vendor, pbx } = await given(
      { now: () => talk.endedAt + 30_000_000, readyRetry: { attempts: 50, firstDelay: 2_000, longestDelay: 20_000 } },
      { ...company, recordings }
    )
    const asked = outcome(pbx.recordingUrl({ recordingId: '85219-ABC', endedAt: talk.endedAt }))
    await until(() => vendor.received('record').length === 2)
    recordings['85219-ABC'] = 'https://storage.pbx.example/abc.mp3'
    expect(await asked).toEqual({ ok: true, value: 'https://storage.pbx.example/abc.mp3' })
  })

  test('of a leg on which nobody talked is not even looked for', async () => {
    const { vendor, pbx } = await given()
    const record = { ...talk, kind: 'unsuccessful', successful: false, cause: 'busy' } as const
    expect(await outcome(pbx.recordingUrlOf(record))).toMatchObject({ error: { kind: 'not-found' } })
    expect(vendor.received()).toEqual([])
  })
})

describe('an id that could lead somewhere else', () => {
  for (const id of ['', '.', '..', '../extension', 'a/b', 'a?b', 'a#b', 'a b', '%2e%2e', 'a\nb', '\ud800', 'a'.repeat(129)]) {
    test(`is refused before anything is sent: ${JSON.stringify(id).slice(0, 20)}`, async () => {
      const { vendor, pbx } = await given()
      expect(await outcome(pbx.recordingUrl({ recordingId: id }))).toMatchObject({ error: { kind: 'invalid', field: 'recordingId' } })
      expect(await outcome(pbx.history(id))).toMatchObject({ error: { kind: 'invalid', field: 'callId' } })
      expect(await outcome(pbx.callback({ extensionId: id, sources: ['453*102'], destination: '+79160000001' }))).toMatchObject({
        error: { kind: 'invalid', field: 'extensionId' }
      })
      expect(vendor.received()).toEqual([])
    })
  }
})
