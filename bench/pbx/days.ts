import { hours, minutes, type EpochMicros } from 'call-legs'
import { directoryOf, largeCompany } from '../../src/testing/Company.js'

export const HOUR = hours(1)
export const MINUTE = minutes(1)

/** When the streams of the benchmark begin. */
export const BEGINNING: EpochMicros = 1_780_000_000_000_000

/** A company with some hundred phones on one PBX: enough for hundreds of calls at a time. */
export const company = largeCompany

/** What each of its extensions is. */
export const directory = directoryOf(company)
