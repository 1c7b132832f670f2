const DURATION = 'A DURATION is a whole number and its unit: 250ms, 10s, 3m, 2h, 1d.'

const STATUS = `Exit status:
  0  all read
  1  some lines could not be decoded; the rest was processed
  2  usage, or an input could not be read (or an output not written); the other inputs were processed`

export const MAIN_HELP = `
Examples:
  call-legs classify --directory directory.json events.ndjson
  tail -n +1 -f events.ndjson | call-legs classify --changes
  call-legs explain 262077ef events.ndjson
  call-legs draw 262077ef events.ndjson > call.svg
  call-legs summary --since 2026-06-01 --until 2026-06-30 june.ndjson.gz
  call-legs report -o june.html june.ndjson.gz
  call-legs reconcile --since 2026-06-03 --until 2026-06-03 june.ndjson.gz
  call-legs simulate --calls 100 --seed 1 | call-legs classify
  call-legs subscribe --url https://crm.example/hook --dry-run

See also: call-legs classify --help, and so for each command
`

export const CLASSIFY_HELP = `
Each line is one event, a JSON object or form-encoded, told apart line by line; empty lines are skipped.
Lines that cannot be decoded, and lines of more than 1 MiB, are named on standard error, with field,
value and reason. Anomalies of the calls are counted there by kind, with an example of each; with --changes,
or --anomalies -, each is told. The files of --rejects and --anomalies are written anew.
--since, --until, --kind, --number and --extension choose among the records; all events make them.

Without --changes nothing is given up before the end of input: the records are exact however the lines
are ordered, and memory follows the calls in the input. --lateness gives calls up as time goes on;
the records still come at the end.
With --changes time is the largest EventTime seen (less --lateness, default 0, which delays misses and
giving up, and does not reorder). An event more than an hour ahead does not move it until events of
three calls are there. An interrupt ends at once: what waits to settle is not printed then.

${DURATION}

${STATUS}
`

export const ONE_CALL_HELP = `
The call is shown as it stands after its last event, with whatever would still settle settled.

${DURATION}

${STATUS}
  If nothing is known of the call, a message says so and the status is 1 (2 if an input could not be read).
  If several calls begin so, a message names some of them and the status is 2.
`

export const RECONCILE_HELP = `
Asks the PBX's API for its call history, and compares it with the events of the files: each call is judged
without the history and with it, and what differs is printed. With --events the history's events of these
calls are printed, marked ToldBy=history; beside the events that are known they make the records whole:

  call-legs reconcile --since 2026-06-03 --until 2026-06-03 --events june.ndjson > found.ndjson
  call-legs classify june.ndjson found.ndjson
  call-legs reconcile --since 2026-01-01 --events | call-legs classify

The PBX is that of PBX_URL, PBX_CLIENT_ID and PBX_CLIENT_SECRET in the environment. What the history leaves
open or says in unknown words is told on standard error, and the status is then 1.

${DURATION}

${STATUS}
`

export const READING_HELP = `
Lines, files, anomalies and the exit status are as for classify.

${DURATION}

${STATUS}
`
