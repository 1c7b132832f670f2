declare const URLSearchParams: new (text: string) => Iterable<readonly [string, string]>

/** What stands behind the question mark of a URL, as it was sent. */
export const queryOf = (url: string): string => {
  const [beforeFragment = ''] = url.split('#', 1)
  const mark = beforeFragment.indexOf('?')
  return mark === -1 ? '' : beforeFragment.slice(mark + 1)
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
