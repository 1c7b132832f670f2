const mix = (text: string, seed: number): number => {
  let hash = Math.imul(seed + 1, 0x9e3779b1)
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** 32 hex digits that look random and follow from the text alone: the same story has the same ids in every run. */
export const hexOf = (text: string): string =>
  [0, 1, 2, 3].map((part) => mix(text, part).toString(16).padStart(8, '0')).join('')
