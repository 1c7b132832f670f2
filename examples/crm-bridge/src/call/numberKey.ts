/**
 * By what a client is found: the digits of his number, since a table of clients and a PBX write the same number in
 * different ways. A Russian number that is written with the trunk prefix, 8 916 …, is the one with the country code.
 */
export const numberKey = (number: string | undefined): string | undefined => {
  const digits = (number ?? '').replace(/\D/g, '')
  if (digits === '' || (number ?? '').includes('*')) return undefined
  return digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits
}
