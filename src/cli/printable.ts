/** Control characters, halves of surrogate pairs, and what turns the direction of writing or ends a line. */
const DANGEROUS = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu

/** Is there anything of the kind? Most often not: then nothing is to be replaced. */
const ANY = new RegExp(DANGEROUS.source, 'u')

const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * The text as a terminal may see it: whatever the data holds, it moves no cursor, changes no colour,
 * forges no second line. Escapes are those of JSON, so that JSON stays the same JSON.
 */
export const printable = (text: string): string => (ANY.test(text) ? text.replace(DANGEROUS, escape) : text)

/** One line of NDJSON, harmless on a terminal too. */
export const jsonLine = (value: unknown): string => `${printable(JSON.stringify(value))}\n`
