import { expect, test } from 'vitest'
import { callReducer, correlator, type Reducer } from '../../src/index.js'

const leg = 'CallID=ab12&SubCallID=85219-ab12&CallFlow=in&CallerIDNum=%2B79160000001&CalledNumber=453*102'
const ring = `EventType=dial-in&EventTime=1780000686000000&${leg}`
const reason = 'is no time in microseconds since 1970: fromMillis(Date.now()) is one; drain is the end of time'
/** A call that waits for its phone is given up after a day. */
const LATE = 1_780_000_686_000_000 + 24 * 3_600_000_000

/** What the transitions of all calls and those of one call have in common. */
const transitionsOf = <S>(name: string, machine: Reducer<S>): void => {
  const [ringing] = machine.ingest(machine.initial, ring)

  test.each([
    [undefined, ''],
    [1_780_000_686_000, '1780000686000'],
    ['1780000686000000', '1780000686000000'],
    [Number.NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [null, 'null']
  ])(`${name}: a tick at %s, which is no time in microseconds, is rejected and changes nothing`, (now, value) => {
    // whoever writes no TypeScript may hand in anything
    expect(Reflect.apply(machine.tick, undefined, [ringing, now])).toEqual([ringing, [{ change: 'rejected', raw: now, error: { field: 'now', value, reason } }]])
  })

  test(`${name}: a tick whose time has come gives the call up`, () => {
    expect(machine.tick(ringing, LATE - 1)[1]).toEqual([])
    expect(machine.tick(ringing, LATE)[1].map((change) => change.change === 'anomaly' && change.anomaly.kind)).toEqual(['never-closed'])
  })

  test(`${name}: an event that is none of ours changes nothing`, () => {
    for (const other of ['EventType=voicemail', 'EventType=message-in&CallID=ab12', { event_type: 'call-status-change' }]) {
      const [state, changes] = machine.ingest(ringing, other)
      expect(state).toBe(ringing)
      expect(changes).toEqual([])
    }
  })
}

transitionsOf('all calls', correlator())
transitionsOf('one call', callReducer())
