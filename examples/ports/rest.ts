import { accessErrorMessage, outcome, seconds } from 'call-legs'
import { restPorts } from 'call-legs/rest'

const pbx = restPorts({
  baseUrl: process.env.PBX_URL ?? '', // https://apiproxy.telphin.ru for RingMe
  clientId: process.env.PBX_CLIENT_ID ?? '',
  clientSecret: process.env.PBX_CLIENT_SECRET ?? '',
  timeout: seconds(5),
  rateLimitWait: seconds(2)
})

const listed = await outcome(pbx.extensions({ signal: AbortSignal.timeout(20_000) }))
if (listed.ok) {
  for (const { id, name, type } of listed.value) console.log(id, name, type ?? 'of unknown type')
} else {
  console.error(accessErrorMessage(listed.error))
  if (listed.error.kind === 'rate-limited' && listed.error.until !== undefined) {
    console.error('again at', new Date(listed.error.until / 1000))
  }
}
