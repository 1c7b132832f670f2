/**
 * A small company's PBX that plays calls: it makes the events that the vendor's PBX would send, as flat maps of the
 * vendor's field names, for property tests and for recordings.
 *
 * A *flow* (`flows/`) tells in telephone words how a call goes; everything that may vary in it is drawn by fast-check.
 * `wire.ts` alone knows the vendor's field names, `company.ts` who works there.
 */
export { callArb, healthyCallArb, smallCallArb } from './calls.js'
export { company, companyConfig, directory, type Extension, type Phone, type Queue, type Short } from './company.js'
export { damageKinds, damaged, type DamageKind, type Stroke } from './damage.js'
export { flow, smallCall, type Circumstances, type Flow, type FlowDraft } from './Flow.js'
export { flows } from './flows/index.js'
export { complaints } from './health.js'
export { play, type Caller, type Dialling, type PlayedCall, type Script, type Setup } from './Script.js'
export { disorderedArb, interleave, movedTo, streamArb, type PlayedStream, type StreamConstraints } from './stream.js'
export { smallWildCallArb, wildCallArb, type WildCall } from './wild.js'
export { timeOf, toForm, toJson, type Dialect, type Leg, type WireEvent } from './wire.js'
