/** One go at something that is timed: everything it needs is there before the clock starts. */
export interface Attempt {
  readonly run: () => void
  /** After the clock has stopped: throws if the result is not what it must be. */
  readonly check: () => void
}

/** Something that is timed, beside others on the same input. */
export interface Side {
  /** So many events, ticks, calls are in one go: the figures are for one of them. */
  readonly count: number
  /** Makes an input of its own for each go, so that nothing can be remembered from the last. */
  readonly fresh: () => Attempt
}

/** A side by what it does to an input, and what must come of it. */
export const side = <Input, Output>(
  count: number,
  input: () => Input,
  run: (input: Input) => Output,
  check: (output: Output, input: Input) => void
): Side => ({
  count,
  fresh: () => {
    const given = input()
    let result: { readonly output: Output } | undefined
    return {
      run: () => {
        result = { output: run(given) }
      },
      check: () => {
        if (result === undefined) throw new Error('it was not run')
        check(result.output, given)
      }
    }
  }
})

export const mustBe = (what: string, found: unknown, wanted: unknown): void => {
  if (found !== wanted) throw new Error(`${what}: ${String(found)} instead of ${String(wanted)}`)
}
