/** What a call of the operating system failed with. */
export interface SystemError extends Error {
  readonly code: string
}

export const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'

const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file'],
  ['ENOTDIR', 'no such file'],
  ['EISDIR', 'is a folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EMFILE', 'too many open files'],
  ['ENOSPC', 'no space left'],
  ['EROFS', 'the file system is read-only'],
  ['EIO', 'the device failed'],
  // of zlib
  ['Z_BUF_ERROR', 'ends in the middle of what gzip packed'],
  ['Z_DATA_ERROR', 'is damaged: gzip cannot unpack it']
])

/** Why, for a person: without the name of the file, which the message begins with. */
export const systemErrorMessage = (error: unknown): string => {
  if (!isSystemError(error)) return error instanceof Error ? error.message : String(error)
  return SENTENCES.get(error.code) ?? error.message
}
