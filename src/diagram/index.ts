export { mermaid } from './mermaid.js'
export { timeline, type TimelineOptions } from './timeline.js'
