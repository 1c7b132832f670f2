/**
 * What a test of an application needs: a PBX that plays calls, arbitraries of fast-check for its worst days, and a
 * sentence `given(…).when(…).then(…)`.
 *
 * @module
 */
export { calls, type CallConstraints } from './calls.js'
export { directoryOf, largeCompany, smallCompany, type Company, type Extension, type SmallCompany } from './Company.js'
export type { Part } from './differences.js'
export { disorder, loss, repetition } from './disorder.js'
export { changesOf, given, type Given, type Told } from './given.js'
export type { PlayedStream } from './interleave.js'
export type { Caller, Dialling, Expected, PlayedCall, Script } from './Script.js'
export { storyNames } from './stories.js'
export { streams, type StreamConstraints } from './streams.js'
export { tell, type TellOptions } from './tell.js'
export { timeOf, toForm, type Dialect, type Leg, type WireEvent } from './wire.js'
