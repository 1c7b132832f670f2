import type { Company } from './Company.js'
import type { Draw } from './Draw.js'
import type { Script } from './Script.js'

/** A way in which calls go: a plain function that draws what may vary and tells the rest. */
export interface Story {
  readonly name: string
  /** Do its calls fulfil the premises of `L-calm`? */
  readonly healthy: boolean
  /** How often it comes, beside the others; everyday stories have more than 3. */
  readonly weight: number
  readonly tell: (draw: Draw, script: Script, company: Company) => void
}

/** A healthy story. */
export const story = (name: string, tell: Story['tell'], weight = 3): Story => ({ name, healthy: true, weight, tell })
