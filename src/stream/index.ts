export { changes } from './changes.js'
export { changeStream } from './changeStream.js'
export type { StreamInput } from './StreamInput.js'
export type { StreamOptions, Ticking } from './StreamOptions.js'
