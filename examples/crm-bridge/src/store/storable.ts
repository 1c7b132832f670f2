/** A column of text cannot hold U+0000, nor half of a surrogate pair. The JSON beside it holds both. */
export const storable = (text: string): string => Buffer.from(text.replaceAll('\0', '\uFFFD'), 'utf8').toString('utf8')

/** An id must be kept as it is, or two calls might become one. */
export const isStorable = (id: string): boolean => storable(id) === id
