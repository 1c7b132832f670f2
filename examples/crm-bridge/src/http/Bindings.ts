import type { HttpBindings } from '@hono/node-server'

/** What the server gives each request besides the request itself. */
export interface Bindings {
  readonly Bindings: HttpBindings
}
