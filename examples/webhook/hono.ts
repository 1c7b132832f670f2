import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { handle, port } from './handle.js'

const app = new Hono()
app.all('/hook', (context) => handle(context.req.raw))

serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
