import { useEffect, useState } from 'preact/hooks'
import { clientNumber, speakerOf } from '../call/wholeCall.js'
import { ask, messageOf } from './ask.js'
import { useDesk } from './Desk.js'
import { pictureOf } from './picture.js'
import { employee, outcome, shownNumber } from './shown.js'
import { storyOf } from './story.js'
import type { CallExplanation, CallRecord, CallTold } from './types.js'

const recordPath = ({ id }: CallRecord): string => `/api/records/${id.split('/').map(encodeURIComponent).join('/')}`

/** Only one of which it is known that there is one is offered: a recording is fetched when somebody wants to hear it. */
const Recordings = ({ records }: { readonly records: ReadonlyArray<CallRecord> }) => {
  const { words, employees, say } = useDesk()
  const recorded = records.filter((record) => record.kind !== 'missed' && record.recordingId !== undefined)
  return recorded.length === 0 ? null : (
    <div class="recordings">
      {recorded.map((record) => {
        const name = words.recordingOf(employee(record.extension ?? '?', employees))
        return (
          <figure key={record.id}>
            <figcaption class="small dim">{name}</figcaption>
            <audio controls preload="none" aria-label={name} src={`${recordPath(record)}/recording`} onError={() => say(words.noRecording)} />
          </figure>
        )
      })}
    </div>
  )
}

/** The rules by name, for whoever wants to know; to nobody else do they matter. */
const Rules = ({ told, explanation }: { readonly told: CallTold; readonly explanation: CallExplanation }) => {
  const { words, employees } = useDesk()
  const { missed, legs, anomalies } = explanation
  const parts = [
    ...legs.map(({ leg, extension, verdict, because }) => ({ key: leg, name: extension === undefined ? leg : employee(extension, employees), verdict, because })),
    ...(missed.because.length === 0 ? [] : [{ key: 'missed', name: '✕', verdict: missed.verdict, because: missed.because }])
  ]
  return (
    <details>
      <summary>{words.why}</summary>
      <ul class="small rules">
        {parts.map(({ key, name, verdict, because }) => (
          <li key={key}>
            <b>{name}</b> <span lang="en">{verdict}</span>
            <ul>
              {because.map((rule) => (
                <li key={rule} class="dim">
                  <code>{rule}</code> <span lang="en">{told.rules[rule]}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {anomalies.length === 0 ? null : (
        <p class="small">
          {words.oddities}: {anomalies.map(({ kind }) => kind).join(', ')}
        </p>
      )}
      <p class="small dim">
        CallID <code>{explanation.callId}</code>
      </p>
    </details>
  )
}

/** One call: how it went in sentences, its timeline, its recordings, and why it is recorded so. */
export const CallDetail = ({ callId, seq, id }: { readonly callId: string; readonly seq: number; readonly id: string }) => {
  const { words, employees, dial } = useDesk()
  const [told, setTold] = useState<CallTold | string | undefined>(undefined)
  useEffect(() => {
    let gone = false
    ask<CallTold>(`/api/calls/${encodeURIComponent(callId)}`).then(
      (answer) => gone || setTold(answer),
      (error: unknown) => gone || setTold(messageOf(error))
    )
    return () => {
      gone = true
    }
  }, [callId, seq])
  if (told === undefined || typeof told === 'string')
    return (
      <div class="more" id={id}>
        <span class="dim">{told ?? words.moment}</span>
      </div>
    )
  const { explanation, records, corrections } = told
  const speaker = speakerOf(records)
  const number = speaker === undefined ? explanation?.client : clientNumber(speaker)
  const width = Math.min(900, Math.max(320, document.documentElement.clientWidth - (document.documentElement.clientWidth > 760 ? 190 : 60)))
  return (
    <div class="more" id={id}>
      {explanation === undefined ? (
        <p class="dim">{words.nothingKnown}</p>
      ) : (
        <>
          <ol class="story" aria-label={words.how}>
            {storyOf(explanation, employees, words).map((sentence, i) => (
              <li key={i}>{sentence}</li>
            ))}
          </ol>
          {/* the picture is made of escaped texts */}
          <div
            class="picture"
            tabIndex={0}
            role="group"
            aria-label={words.picture}
            dangerouslySetInnerHTML={{ __html: pictureOf(explanation, speaker === undefined ? '' : outcome(speaker, words), words, { id: `${id}-picture`, width }) }}
          />
        </>
      )}
      <Recordings records={records} />
      {number === undefined ? null : (
        <div class="acts">
          <button type="button" class="act" onClick={() => dial(number)}>
            {words.callNumber(shownNumber(number))}
          </button>
        </div>
      )}
      {corrections === 0 ? null : <p class="small dim">{words.corrected(corrections)}</p>}
      {explanation === undefined ? null : <Rules told={told} explanation={explanation} />}
    </div>
  )
}
