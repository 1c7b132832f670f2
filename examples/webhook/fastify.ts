import { getRequestListener } from '@hono/node-server'
import { fastify } from 'fastify'
import { handle, port } from './handle.js'

const hook = getRequestListener(handle)
const app = fastify()
app.register((scope, _options, registered) => {
  // here, and nowhere else in the application, bodies are left unread
  scope.addContentTypeParser('*', (_request, _body, done) => done(null))
  scope.all('/hook', (request, reply) => {
    reply.hijack()
    void hook(request.raw, reply.raw)
  })
  registered()
})

await app.listen({ port, host: '127.0.0.1' })
