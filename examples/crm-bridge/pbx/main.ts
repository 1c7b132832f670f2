/**
 * The stand-in PBX on the command line: `npm run pbx -- --help`. It ends with 0 when everything was answered 200; by
 * SIGINT or SIGTERM with 1 if something was not.
 */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { orderOf, type Order } from './commandLine.js'
import { play, type Progress } from './play.js'
import { sendingsOf } from './programme.js'
import { readRecording, recordingErrorMessage, toLines, type WireEvent } from './recording.js'
import { asOtherCalls } from './rounds.js'

const BUNDLED = new URL('../../events/day.ndjson', import.meta.url)

/** How often a line of progress is written where it cannot be overwritten: 30 s, in milliseconds. */
const RARELY = 30_000

const usage = (sentence: string): never => {
  console.error(`pbx: ${sentence}`)
  process.exit(2)
}

const recording = (file: string | undefined): ReadonlyArray<WireEvent> => {
  try {
    const events = readRecording(readFileSync(file ?? BUNDLED, 'utf8'))
    return 'reason' in events ? usage(`${file ?? 'the bundled day'}: ${recordingErrorMessage(events)}`) : events
  } catch (error) {
    return usage(`${file ?? 'the bundled day'} cannot be read: ${error instanceof Error ? error.message : 'for no reason given'}`)
  }
}

const lineOf = ({ requests, answered, refused, broken }: Progress, of: number): string =>
  `${answered} of ${of} answered, in ${requests} requests: ${refused} refused, ${broken} without an answer`

const progressLine = (): { readonly show: (line: string) => void; readonly end: () => void } => {
  const terminal = process.stderr.isTTY
  let shown = Date.now()
  return {
    show: (line) => {
      if (Date.now() - shown < (terminal ? 200 : RARELY)) return
      shown = Date.now()
      process.stderr.write(terminal ? `\r\u001b[K${line}` : `${line}\n`)
    },
    end: () => {
      if (terminal) process.stderr.write('\r\u001b[K')
    }
  }
}

const playRound = async (order: Order, events: ReadonlyArray<WireEvent>, round: number, signal: AbortSignal): Promise<boolean> => {
  const sendings = sendingsOf(asOtherCalls(events, round), { ...order, seed: order.seed + round }, Date.now() * 1_000)
  if (order.write !== undefined) appendFileSync(order.write, toLines(sendings.map(({ event }) => event)))
  const { show, end } = progressLine()
  const progress = await play({
    to: order.to,
    sendings,
    concurrency: order.concurrency,
    signal,
    onAnswer: (_, so) => show(lineOf(so, sendings.length))
  })
  end()
  console.log(lineOf(progress, sendings.length))
  return progress.answered === sendings.length
}

const order = orderOf(process.argv.slice(2))
const events = recording(order.file)
if (order.write !== undefined) writeFileSync(order.write, '')
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())

let whole = true
for (let round = 0; whole && !stop.signal.aborted && (order.rounds === 0 || round < order.rounds); round++) {
  whole = await playRound(order, events, round, stop.signal)
}
process.exitCode = whole ? 0 : 1
