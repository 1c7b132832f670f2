import type { EpochMicros } from '../event/time.js'

/** The clock of an adapter, if the application hands in none. */
export const systemTime = (): EpochMicros => Date.now() * 1000
