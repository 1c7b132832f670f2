/** One line of the table: a ratio of two medians' rounds, or something that was counted. */
export interface Figure {
  readonly group: string
  readonly name: string
  readonly value: number
  readonly unit: 'ratio' | 'bytes' | 'ns' | 'µs'
  /** At most this. */
  readonly target?: number
  /** Half of the rounds lie between these. */
  readonly quartiles?: readonly [number, number]
  /** What was compared, in the order of the ratio: medians. */
  readonly sides?: ReadonlyArray<{ readonly name: string; readonly median: number; readonly unit: 'ns' | 's' }>
  readonly rounds?: number
}

const quantile = (values: ReadonlyArray<number>, q: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * q
  const low = sorted[Math.floor(place)] ?? NaN
  const high = sorted[Math.ceil(place)] ?? NaN
  return low + (high - low) * (place - Math.floor(place))
}

const median = (values: ReadonlyArray<number>): number => quantile(values, 0.5)

/** A side and its rounds. */
export interface Measured {
  readonly name: string
  readonly samples: ReadonlyArray<number> | undefined
}

export interface RatioOptions {
  readonly target?: number
  /** Default: nanoseconds. */
  readonly seconds?: boolean
}

/**
 * The median over the rounds of one side by the other. The two sides of a round were measured one right after
 * the other, so that a machine that is busy with something else slows both.
 */
export const ratio = (group: string, name: string, one: Measured, other: Measured, { target, seconds }: RatioOptions = {}): Figure => {
  const [above, below] = [one.samples ?? [], other.samples ?? []]
  if (above.length === 0 || above.length !== below.length) throw new Error(`${name}: ${above.length} rounds against ${below.length}`)
  const ratios = above.map((value, i) => value / (below[i] ?? NaN))
  const shown = ({ name: of, samples = [] }: Measured) => ({
    name: of,
    median: seconds === true ? median(samples) / 1e9 : median(samples),
    unit: seconds === true ? ('s' as const) : ('ns' as const)
  })
  return {
    group,
    name,
    value: median(ratios),
    unit: 'ratio',
    ...(target === undefined ? {} : { target }),
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    sides: [shown(one), shown(other)],
    rounds: ratios.length
  }
}
