import fc from 'fast-check'
import { isLeft, isRight, left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { emptyResponse, interactiveResponse, responseErrorMessage, type Action, type Ending, type Step } from '../../src/interactive/index.js'
import { parsed, type Parsed } from './parsed.js'

const xmlOf = (steps: ReadonlyArray<Step>, ending?: Ending): string => {
  const built = interactiveResponse(steps, ending)
  if (isLeft(built)) throw new Error(responseErrorMessage(built.left))
  return built.right
}

describe('each action, as the vendor documents it', () => {
  const documented: ReadonlyArray<readonly [Step | undefined, Ending | undefined, string]> = [
    [{ action: 'SetVar', name: 'x', value: '453*102' }, undefined, '<SetVar name="x">453*102</SetVar>'],
    [{ action: 'SetVar', name: 'x', value: '' }, undefined, '<SetVar name="x"/>'],
    [{ action: 'Jump', context: '3', option: 'start' }, undefined, '<Jump context="3" option="start"/>'],
    [{ action: 'Pause', seconds: 15 }, undefined, '<Pause length="15"/>'],
    [{ action: 'SetCaller', name: 'Client', number: '+79160000001' }, undefined, '<SetCaller name="Client" number="+79160000001"/>'],
    [{ action: 'PlaySound', where: 'foreground', digits: 'v', file: 'file.wav' }, undefined, '<PlaySound where="foreground" digitvar="v">file.wav</PlaySound>'],
    [{ action: 'PlaySound', where: 'background', file: 'file.wav' }, undefined, '<PlaySound where="background">file.wav</PlaySound>'],
    [undefined, { action: 'SimpleTransfer', final: false, timeout: 20, to: '453*102' }, '<SimpleTransfer final="no" timeout="20">453*102</SimpleTransfer>'],
    [undefined, { action: 'SimpleTransfer', final: true, timeout: 20, to: '453*102' }, '<SimpleTransfer final="yes" timeout="20">453*102</SimpleTransfer>'],
    [undefined, { action: 'TTS', language: 'ru-RU', playNow: true, text: 'Добрый день' }, '<TTS lang="ru-RU" play_now="true">Добрый день</TTS>'],
    [undefined, { action: 'Hangup' }, '<Hangup/>']
  ]
  for (const [step, ending, xml] of documented) {
    test(xml, () => {
      expect(xmlOf(step === undefined ? [] : [step], ending)).toBe(`<?xml version="1.0" encoding="UTF-8"?><Response>${xml}</Response>`)
    })
  }

  test('none at all', () => {
    expect(interactiveResponse([])).toEqual({ _tag: 'Right', right: emptyResponse })
    expect(emptyResponse).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>')
  })
})

test('the line ends of a text to be spoken are read as XML reads them', () => {
  const xml = xmlOf([], { action: 'TTS', language: 'ru-RU', playNow: true, text: 'one\r\ntwo\rthree\nfour\tfive' })
  expect(parsed(xml).children[0]?.text).toBe('one\ntwo\nthree\nfour\tfive')
})

describe('what the PBX could not read cannot be built', () => {
  const pause: Step = { action: 'Pause', seconds: 1 }
  const pauses = (n: number): ReadonlyArray<Step> => Array.from({ length: n }, () => pause)

  test('ten actions, and not eleven', () => {
    expect(isRight(interactiveResponse(pauses(10)))).toBe(true)
    expect(isRight(interactiveResponse(pauses(9), { action: 'Hangup' }))).toBe(true)
    expect(interactiveResponse(pauses(11))).toEqual(left({ kind: 'too-many-actions', actions: 11 }))
    expect(interactiveResponse(pauses(10), { action: 'Hangup' })).toEqual(left({ kind: 'too-many-actions', actions: 11 }))
  })

  test('an ending among the steps, a step as the ending, an action that there is not', () => {
    // @ts-expect-error the types already say no
    expect(interactiveResponse([pause, { action: 'Hangup' }])).toEqual(left({ kind: 'unknown-action', at: 1, action: 'Hangup' }))
    // @ts-expect-error the types already say no
    expect(interactiveResponse([], pause)).toEqual(left({ kind: 'unknown-action', at: 0, action: 'Pause' }))
    for (const [action, name] of [[{ action: 'Record' }, 'Record'], [{}, ''], [null, ''], ['Hangup', '']] as const) {
      // @ts-expect-error the types already say no
      expect(interactiveResponse([action])).toEqual(left({ kind: 'unknown-action', at: 0, action: name }))
    }
  })

  const wrong: ReadonlyArray<readonly [Action, string]> = [
    [{ action: 'SetVar', name: '', value: 'x' }, 'name'],
    [{ action: 'SetVar', name: 'a b', value: 'x' }, 'name'],
    [{ action: 'SetVar', name: '1a', value: 'x' }, 'name'],
    [{ action: 'SetVar', name: 'x', value: 'a\nb' }, 'value'],
    [{ action: 'SetVar', name: 'x', value: '\u0000' }, 'value'],
    [{ action: 'SetVar', name: 'x', value: '\udc00' }, 'value'],
    [{ action: 'SetVar', name: 'x', value: '\uffff' }, 'value'],
    [{ action: 'Jump', context: '', option: 'start' }, 'context'],
    [{ action: 'Jump', context: '3', option: 'a"b' }, 'option'],
    [{ action: 'Pause', seconds: 0 }, 'seconds'],
    [{ action: 'Pause', seconds: 1.5 }, 'seconds'],
    [{ action: 'Pause', seconds: Number.NaN }, 'seconds'],
    [{ action: 'Pause', seconds: 3601 }, 'seconds'],
    [{ action: 'SetCaller', name: '', number: '1' }, 'name'],
    [{ action: 'SetCaller', name: 'a', number: '' }, 'number'],
    [{ action: 'SetCaller', name: 'a', number: '+7 916' }, 'number'],
    [{ action: 'PlaySound', where: 'foreground', file: '../secret.wav' }, 'file'],
    [{ action: 'PlaySound', where: 'foreground', file: '' }, 'file'],
    [{ action: 'PlaySound', where: 'foreground', file: 'a.wav', digits: '' }, 'digits'],
    [{ action: 'SimpleTransfer', to: '', final: true, timeout: 20 }, 'to'],
    [{ action: 'SimpleTransfer', to: 'sales', final: true, timeout: 20 }, 'to'],
    [{ action: 'SimpleTransfer', to: '453*102', final: true, timeout: -1 }, 'timeout'],
    [{ action: 'TTS', text: '', language: 'ru-RU', playNow: true }, 'text'],
    // halves of a pair that only a line end keeps apart
    [{ action: 'TTS', text: '\ud83d\n\ude00', language: 'ru-RU', playNow: true }, 'text'],
    [{ action: 'TTS', text: ' \n', language: 'ru-RU', playNow: true }, 'text'],
    [{ action: 'TTS', text: 'a\u001bb', language: 'ru-RU', playNow: true }, 'text'],
    [{ action: 'TTS', text: 'x'.repeat(4097), language: 'ru-RU', playNow: true }, 'text'],
    [{ action: 'TTS', text: 'a', language: 'Russian!', playNow: true }, 'language']
  ]
  const build = (action: Action) =>
    action.action === 'SimpleTransfer' || action.action === 'TTS' || action.action === 'Hangup'
      ? interactiveResponse([pause], action)
      : interactiveResponse([pause, action])
  for (const [action, field] of wrong) {
    test(JSON.stringify(action).slice(0, 80), () => {
      const built = build(action)
      expect(built).toMatchObject({ left: { kind: 'wrong-field', at: 1, action: action.action, field } })
      expect(isLeft(built) && responseErrorMessage(built.left)).toMatch(`action 2, ${action.action}: ${field} `)
    })
  }

  test('nor what somebody without types puts there', () => {
    for (const value of [undefined, null, 7, {}, [], true, Symbol('x'), () => 'x', Object.create(null)]) {
      for (const [good] of wrong) {
        for (const key of Object.keys(good).filter((name) => name !== 'action')) {
          const built = build({ ...good, [key]: value })
          if (isRight(built)) parsed(built.right)
          else expect(responseErrorMessage(built.left)).not.toBe('')
        }
      }
    }
  })
})

describe('what is built is read back, by another parser, as it was meant', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: fc.constantFrom('"', '\'', '<', '>', '&', ']]>', '<![CDATA[', '-->', '&amp;', '&#0;', '\u0000', '\u0085', '\u2028', '\ud800', '\udc00', '\ufffe', '\r', '\n', '\t', ' ', '😀', 'ж'), maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 20 })
  )
  const name = fc.oneof(nasty, fc.stringMatching(/^[a-z_]{1,9}$/))
  const number = fc.oneof(nasty, fc.stringMatching(/^\+?[0-9*#]{1,20}$/))
  const whole = fc.oneof(fc.integer({ min: -5, max: 4000 }), fc.double())
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ action: fc.constant('SetVar' as const), name, value: nasty }),
    fc.record({ action: fc.constant('Jump' as const), context: name, option: name }),
    fc.record({ action: fc.constant('Pause' as const), seconds: whole }),
    fc.record({ action: fc.constant('SetCaller' as const), name: nasty, number }),
    fc.record({ action: fc.constant('PlaySound' as const), where: fc.constantFrom('foreground' as const, 'background' as const), file: name, digits: name })
  )
  const ending: fc.Arbitrary<Ending> = fc.oneof(
    fc.record({ action: fc.constant('SimpleTransfer' as const), to: number, final: fc.boolean(), timeout: whole }),
    fc.record({ action: fc.constant('TTS' as const), text: nasty, language: fc.oneof(nasty, fc.constantFrom('ru-RU', 'en', 'zh-Hant-TW')), playNow: fc.boolean() }),
    fc.constant<Ending>({ action: 'Hangup' })
  )

  const meant = (action: Action): Parsed => {
    const element = (attributes: Record<string, string>, text = ''): Parsed => ({ name: action.action, attributes, text, children: [] })
    switch (action.action) {
      case 'SetVar':
        return element({ name: action.name }, action.value)
      case 'Jump':
        return element({ context: action.context, option: action.option })
      case 'Pause':
        return element({ length: String(action.seconds) })
      case 'SetCaller':
        return element({ name: action.name, number: action.number })
      case 'PlaySound':
        return element({ where: action.where, ...(action.digits === undefined ? {} : { digitvar: action.digits }) }, action.file)
      case 'SimpleTransfer':
        return element({ final: action.final ? 'yes' : 'no', timeout: String(action.timeout) }, action.to)
      case 'TTS':
        return element({ lang: action.language, play_now: String(action.playNow) }, action.text.replace(/\r\n?/g, '\n'))
      case 'Hangup':
        return element({})
    }
  }

  test('whatever names, numbers and texts are', () => {
    let built = 0
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3 }), fc.option(ending, { nil: undefined }), (steps, last) => {
        const response = interactiveResponse(steps, last)
        if (isLeft(response)) return
        built++
        expect(parsed(response.right)).toEqual({ name: 'Response', attributes: {}, text: '', children: (last === undefined ? steps : [...steps, last]).map(meant) })
      }),
      { numRuns: 3000 }
    )
    expect(built).toBeGreaterThan(200)
  })

  test('each action by itself, so that many are built', () => {
    const counts = new Map<string, number>()
    const check = (action: Action, response: ReturnType<typeof interactiveResponse>): void => {
      if (isLeft(response)) return
      counts.set(action.action, (counts.get(action.action) ?? 0) + 1)
      expect(parsed(response.right).children).toEqual([meant(action)])
    }
    fc.assert(fc.property(step, (action) => check(action, interactiveResponse([action]))), { numRuns: 2000 })
    fc.assert(fc.property(ending, (action) => check(action, interactiveResponse([], action))), { numRuns: 1000 })
    for (const action of ['SetVar', 'Jump', 'Pause', 'SetCaller', 'PlaySound', 'SimpleTransfer', 'TTS', 'Hangup']) {
      expect(counts.get(action) ?? 0, action).toBeGreaterThan(20)
    }
  })
})
