const CARRIAGE_RETURN = 13
const BYTE_ORDER_MARK = 0xfeff

/**
 * The text of a line, without the carriage return of CRLF and without a byte order mark (at the start of
 * a file, or where files were strung together). Bytes that are no UTF-8 become replacement characters:
 * a name in another encoding must not cost the call.
 */
export const lineText = (bytes: Uint8Array): string => {
  const end = bytes[bytes.length - 1] === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length
  // for a line this is several times as fast as a TextDecoder
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('utf8')
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text
}

/** Empty lines are skipped, those of white space too. */
export const isBlank = (text: string): boolean => text.trim() === ''
