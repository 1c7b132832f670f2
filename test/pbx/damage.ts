import { at, timeOf, type WireEvent } from '../../src/testing/wire.js'

/** Where a damage strikes: `event` and `other` pick events, `by` says how much, as each kind understands it. */
export interface Stroke {
  readonly kind: DamageKind
  readonly event: number
  readonly other: number
  readonly by: number
}

type Damage = (event: WireEvent, stroke: Stroke, events: ReadonlyArray<WireEvent>) => ReadonlyArray<WireEvent>

const pick = <A>(from: ReadonlyArray<A>, index: number): A | undefined => from[index % from.length]

const changed = (fields: (event: WireEvent, stroke: Stroke, events: ReadonlyArray<WireEvent>) => WireEvent): Damage =>
  (event, stroke, events) => [{ ...event, ...fields(event, stroke, events) }]

const without = (event: WireEvent, field: string | undefined): WireEvent =>
  Object.fromEntries(Object.entries(event).filter(([name]) => name !== field))

const moved = (event: WireEvent, by: number): WireEvent => {
  const time = timeOf(event)
  return time === undefined ? event : at(event, time + by)
}

/** A field that may differ between two events that are otherwise the same. */
const conflict = (by: number): WireEvent =>
  pick<WireEvent>([
    { CallStatus: 'ANSWER' }, { CallStatus: 'NOANSWER' }, { CallerIDNum: '+79160000777' }, { CalledNumber: '453*106' },
    { RecID: '85219-second' }, { Duration: '1000000' }, { CalledDID: '74950000009' }, { CallerIDName: 'другой' },
    { Bridged: 'yes' }, { Bridged: 'no' }, { RemoteNumber: '+79160000778' }, { CallFlow: 'out' }, { CallBackID: '17' }
  ], by) ?? {}

/** What may happen to one event of a call. Most of the results can still be decoded. */
const damages = {
  lost: () => [],
  fieldDropped: (event, { by }) => {
    const kept = Object.keys(event).filter((field) => !['EventType', 'EventTime', 'CallID', 'SubCallID'].includes(field))
    return [without(event, pick(kept, by))]
  },
  extType: changed((_, { by }) => ({ ExtType: pick(['phone', 'ivr', 'queue', 'fax', 'PHONE', 'robot'], by) ?? 'phone' })),
  again: (event) => [event, event],
  conflictLater: (event, { by }) => [event, { ...moved(event, 1 + (by % 60_000_000)), ...(by % 2 === 0 ? conflict(by) : {}) }],
  conflictEarlier: (event, { by }) => [event, { ...moved(event, -1 - (by % 60_000_000)), ...(by % 2 === 0 ? conflict(by) : {}) }],
  conflictSameTime: (event, { by }) => [event, { ...event, ...conflict(by) }],
  sameTime: (event, { other }, events) => {
    const time = timeOf(pick(events, other) ?? event)
    return [time === undefined ? event : at(event, time)]
  },
  timeShifted: (event, { by }) => [moved(event, (by % 2 === 0 ? 1 : -1) * (by % 20_000_000))],
  callFlow: changed((_, { by }) => ({ CallFlow: pick(['in', 'out', 'OUT', 'sideways'], by) ?? 'in' })),
  transferred: changed((_, { by }) => ({ Transfered: pick(['no', 'yes', 'perhaps'], by) ?? 'no' })),
  unknownStatus: changed((_, { by }) => ({ CallStatus: pick(['X-UNLISTED', 'answer', 'X-ODD', 'ANSWER '], by) ?? 'X-UNLISTED' })),
  otherStatus: changed((_, { by }) => ({ CallStatus: pick(['ANSWER', 'BUSY', 'NOANSWER', 'CANCEL', 'CONGESTION'], by) ?? 'BUSY' })),
  upperCaseIds: changed((event) => ({
    CallID: (event['CallID'] ?? '').toUpperCase(),
    ...(event['SubCallID'] === undefined ? {} : { SubCallID: event['SubCallID'].toUpperCase() })
  })),
  subCallIdMissing: (event, { by }) =>
    [by % 2 === 0 ? without(event, 'SubCallID') : { ...event, SubCallID: pick(['missed', 'a/b', ''], by >>> 1) ?? '' }],
  subCallIdOfAnother: changed((event, { other }, events) => ({
    SubCallID: pick(events, other)?.['SubCallID'] ?? event['SubCallID'] ?? ''
  })),
  idPrefixUnknown: changed((event, { by }) => ({
    SubCallID: (event['SubCallID'] ?? '').replace(/^\d+-/, by % 2 === 0 ? '99999-' : '')
  })),
  bridged: changed((_, { by }) => ({ Bridged: pick(['yes', 'no', 'No', 'YES'], by) ?? 'no' })),
  callBackId: changed((_, { by }) => ({ CallBackID: pick(['17', '18', 'ABC'], by) ?? '17' })),
  remoteNumber: changed((event, { by }) => ({
    RemoteNumber: pick(['+79160000778', event['CallerIDNum'] ?? '', '453*104'], by) ?? ''
  })),
  ownNumber: changed((_, { by }) => ({
    [by % 2 === 0 ? 'CallerIDNum' : 'CalledNumber']: pick(['453*105', '102', '*97', '+79160000779'], by >>> 1) ?? ''
  })),
  kindChanged: changed((_, { by }) => ({ EventType: pick(['dial-in', 'dial-out', 'answer', 'hangup'], by) ?? 'hangup' })),
  badDuration: changed((_, { by }) => ({ Duration: pick(['-5', 'long', '1e3', '99999999999999999999'], by) ?? '' })),
  emptied: (event, { by }) => {
    const some = Object.keys(event).filter((field) => field.startsWith('Call') && field !== 'CallID')
    return [{ ...event, [pick(some, by) ?? 'CallFlow']: '' }]
  },
  undecodable: changed((_, { by }) =>
    pick<WireEvent>([
      { Bridged: 'maybe' }, { EventTime: 'yesterday' }, { CallID: 'a/b' }, { EventType: 'ring-ring' }, { CallerIDName: 'x'.repeat(257) }
    ], by) ?? {})
} satisfies Record<string, Damage>

export type DamageKind = keyof typeof damages

const isDamageKind = (kind: string): kind is DamageKind => kind in damages

/** Every kind of damage, with how often it comes: events are lost most, and few are beyond decoding. */
export const damageKinds: ReadonlyArray<{ readonly kind: DamageKind; readonly weight: number }> = Object.keys(damages)
  .filter(isDamageKind)
  .map((kind) => ({ kind, weight: kind === 'lost' ? 5 : kind === 'undecodable' ? 1 : 2 }))

/** The events with one damage done. */
export const damaged = (events: ReadonlyArray<WireEvent>, stroke: Stroke): ReadonlyArray<WireEvent> => {
  const hit = stroke.event % Math.max(1, events.length)
  return events.flatMap((event, index) => (index === hit ? damages[stroke.kind](event, stroke, events) : [event]))
}
