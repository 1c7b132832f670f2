/** What XML cannot carry is a space; what means something to it is escaped. */
export const escaped = (text: string): string =>
  text
    .replace(/[\p{Control}\p{Surrogate}\ufffe\uffff]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

type Attributes = Readonly<Record<string, string | number | undefined>>

const attribute = (value: string | number): string => (typeof value === 'number' ? String(Math.round(value * 10) / 10) : escaped(value))

/** An element with what is in it, which is escaped already. */
export const element = (name: string, attributes: Attributes, ...inside: ReadonlyArray<string>): string => {
  const told = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${attribute(value)}"`]))
  return inside.length === 0 ? `<${name}${told.join('')}/>` : `<${name}${told.join('')}>${inside.join('')}</${name}>`
}

/** So wide is a sign of a system font at most, in parts of its size: a wide one of East Asia, a broad one, any other. */
const signWidth = (sign: string): number => (/[\u1100-\u11ff\u2e80-\uffdc]|\p{Extended_Pictographic}/u.test(sign) ? 1.05 : /[A-ZА-ЯЁmwшщжюыфм@%—…]/.test(sign) ? 0.74 : 0.56)

/** How wide a text may be, in pixels. */
export const widthOf = (text: string, size: number): number => {
  let width = 0
  for (const sign of text) width += signWidth(sign) * size
  return width
}

/** The text, or as much of it as fits, and an ellipsis. */
export const fitting = (text: string, size: number, width: number): string => {
  if (widthOf(text, size) <= width) return text
  let [fits, used] = ['', signWidth('…') * size]
  for (const sign of text) {
    used += signWidth(sign) * size
    if (used > width) break
    fits += sign
  }
  return `${fits.trimEnd()}…`
}
