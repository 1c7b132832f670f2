import { hours, minutes, type EpochMicros } from 'call-legs'

export const HOUR = hours(1)
export const MINUTE = minutes(1)

/** When the streams of the benchmark begin. */
export const BEGINNING: EpochMicros = 1_780_000_000_000_000
