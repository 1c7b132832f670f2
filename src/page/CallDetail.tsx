import type { CallExplanation, LegExplanation } from '../reducer/Explanation.js'
import { RULES, type RuleName } from '../record/rules.js'
import { timeline } from '../diagram/timeline.js'
import type { EpochMicros } from '../event/time.js'

interface Props {
  readonly explanation: CallExplanation | undefined
  readonly when: (at: EpochMicros | undefined) => string
  /** Several pictures of one call may stand on the page. */
  readonly id: string
}

const Rules = ({ because }: { readonly because: ReadonlyArray<RuleName> }) => (
  <ul>
    {because.map((name) => (
      <li key={name}>
        <code>{name}</code> <span class="muted">{RULES[name]}</span>
      </li>
    ))}
  </ul>
)

const Leg = ({ leg, when }: { readonly leg: LegExplanation; readonly when: Props['when'] }) => (
  <li>
    <strong>{leg.extension ?? leg.leg}</strong> {leg.extensionType}
    {leg.remoteNumber === undefined ? '' : `, ${leg.direction === 'outgoing' ? 'to' : 'from'} ${leg.remoteNumber}`}: {leg.verdict}
    <details>
      <summary>rules and events</summary>
      <Rules because={leg.because} />
      <ul>
        {leg.events.map((event, i) => (
          <li key={i}>
            <code>{when(event.at)}</code> {event.kind} {event.status ?? ''} {event.bridged === undefined ? '' : `Bridged=${event.bridged}`}
          </li>
        ))}
      </ul>
    </details>
  </li>
)

/** One call: its timeline, and why it is told as it is. */
export const CallDetail = ({ explanation, when, id }: Props) =>
  explanation === undefined ? (
    <p class="muted">Nothing is known of this call.</p>
  ) : (
    <div class="detail">
      {/* the picture is made of escaped texts */}
      <div class="scroll" tabIndex={0} role="group" aria-label="timeline" dangerouslySetInnerHTML={{ __html: timeline(explanation, { when, id, width: Math.min(1100, Math.max(340, innerWidth - 60)) }) }} />
      <p>
        <strong>{explanation.missed.verdict}</strong> <span class="muted">{explanation.missed.because.join(' ')}</span>
      </p>
      <ol>
        {explanation.legs.map((leg) => (
          <Leg key={leg.leg} leg={leg} when={when} />
        ))}
      </ol>
      {explanation.anomalies.length === 0 ? null : <p class="odd">{explanation.anomalies.map(({ kind, leg }) => `${kind}${leg === undefined ? '' : ` in ${leg}`}`).join('; ')}</p>}
      <p class="muted">
        CallID <code>{explanation.callId}</code>
      </p>
    </div>
  )
