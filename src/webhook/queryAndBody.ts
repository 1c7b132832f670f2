declare const URLSearchParams: new (text: string) => Iterable<readonly [string, string]>

/**
 * What stands behind the question mark of a URL, as it was sent. No client sends a fragment, so a `#` is a character
 * that the sender has not encoded: that of a service code such as `#31#` before a number.
 */
export const queryOf = (url: string): string => {
  const [, query = ''] = /^[^?#]*\?(.*)$/s.exec(url) ?? []
  return query
}

/** What a form says under this name. */
export const valuesOf = (form: string, name: string): ReadonlyArray<string> =>
  [...new URLSearchParams(form)].flatMap(([key, value]) => (key === name ? [value] : []))

/** The same form, character for character, but for what it says under this name, however the name is encoded. */
export const formWithout = (form: string, name: string): string =>
  valuesOf(form, name).length === 0
    ? form
    : form
        .split('&')
        .filter((pair) => valuesOf(pair, name).length === 0)
        .join('&')
