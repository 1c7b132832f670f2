import cluster from 'node:cluster'
import { createServer } from 'node:http2'
import { createEndpointHandler, handlers, object } from '@restatedev/restate-sdk'
import { callHandlers } from 'call-legs/restate'
import { openSink } from './sink.ts'
import { config, DATA_DIR, HOST, SERVICE_PORT, SERVICES } from './settings.ts'

/** Restate opens a connection more where these are in use, and each connection is given to the next process. */
const STREAMS = 16

const serve = (): void => {
  const { event, placed, tick, explain } = callHandlers({ config, sink: openSink(DATA_DIR) })
  const call = object({
    name: 'call',
    handlers: { event, placed, tick, explain: handlers.object.shared(explain) },
    options: {
      // a repeated event is dropped at the door for so long; after that the reducer drops it
      idempotencyRetention: { hours: 1 },
      journalRetention: 0,
      // a sink that is away is waited for, however long
      retryPolicy: { initialInterval: 100, maxInterval: 5_000, exponentiationFactor: 2, maxAttempts: Number.MAX_SAFE_INTEGER, onMaxAttempts: 'pause' }
    }
  })
  createServer({ settings: { maxConcurrentStreams: STREAMS } }, createEndpointHandler({ services: [call] })).listen(SERVICE_PORT, HOST)
}

if (cluster.isPrimary) {
  // a process that dies is followed by another; one that cannot even begin is not tried at full speed
  cluster.on('exit', () => setTimeout(() => cluster.fork(), 300))
  for (let i = 0; i < SERVICES; i++) cluster.fork()
} else {
  serve()
}
