import type { Log } from '../log.js'
import type { Activity } from './Activity.js'

/** Whose calls are whose in the CRM. */
export interface Employees {
  /** The user of the CRM to whom the call belongs; undefined, if there is not even one for all others. */
  readonly userOf: (activity: Activity) => string | undefined
  /** The same, but nothing for an employee who has no user of his own here. */
  readonly own: (activity: Activity) => string | undefined
  /** The CRM does not know the user of this call's employee: says so once. */
  readonly isUnknown: (activity: Activity) => void
  readonly byDefault: string | undefined
  /** The extensions without a user of their own, as far as they have talked. */
  readonly unknown: () => ReadonlyArray<string>
}

/** @param users extension to user: `453*101`, or `101` */
export const employees = (users: Readonly<Record<string, string>>, byDefault: string | undefined, log: Log): Employees => {
  const unknown = new Set<string>()
  const own = ({ extension }: Activity): string | undefined => {
    if (extension === undefined) return undefined
    const short = extension.slice(extension.lastIndexOf('*') + 1)
    const key = [extension, short].find((name) => Object.hasOwn(users, name))
    return key === undefined ? undefined : users[key]
  }
  const isUnknown = ({ extension, isEmployee }: Activity): void => {
    if (extension === undefined || !isEmployee || unknown.has(extension)) return
    unknown.add(extension)
    log('warn', 'an employee is no user of the CRM: his calls go to the default user', { extension })
  }
  return {
    byDefault,
    own,
    isUnknown,
    unknown: () => [...unknown],
    userOf: (activity) => {
      const user = own(activity)
      if (user === undefined) isUnknown(activity)
      return user ?? byDefault
    }
  }
}
