const CARRIAGE_RETURN = 13
const utf8 = new TextDecoder('utf-8')

/**
 * The text of a line, without the carriage return of CRLF and without a byte order mark (at the start of
 * a file, or where files were strung together). Bytes that are no UTF-8 become replacement characters:
 * a name in another encoding must not cost the call.
 */
export const lineText = (bytes: Uint8Array): string => {
  const end = bytes[bytes.length - 1] === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length
  return utf8.decode(end === bytes.length ? bytes : bytes.subarray(0, end))
}

/** Empty lines are skipped, those of white space too. */
export const isBlank = (text: string): boolean => text.trim() === ''
