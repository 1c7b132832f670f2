/** What the command tells the shell. The greater one wins. */
export type ExitStatus = 0 | 1 | 2

/** Every line was read, and was an event. */
export const ALL_READ = 0

/** Some lines could not be decoded (`explain`: or nothing is known of the call); everything else was processed. */
export const SOME_REJECTED = 1

/** The command line makes no sense, or a file could not be read or written; what could be was processed. */
export const NOT_READ = 2

export const worse = (a: ExitStatus, b: ExitStatus): ExitStatus => (a > b ? a : b)
