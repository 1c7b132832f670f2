import type { Place } from '../store/readTables.js'

/** `1780000686000000:ab12/85219-ab12`: where a page of a list ended. */
export const cursorOf = ({ listedAt, id }: Place): string => `${listedAt}:${id}`

export const placeOf = (cursor: string | undefined): Place | undefined => {
  const found = /^(\d{1,16}):(.+)$/s.exec(cursor ?? '')
  return found?.[1] === undefined || found[2] === undefined ? undefined : { listedAt: Number(found[1]), id: found[2] }
}
