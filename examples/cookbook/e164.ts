/** Numbers as E.164, whichever way the PBX sends them; what is no number of a telephone network stays as it is. */
import { ledger } from 'call-legs'
import { parsePhoneNumberFromString } from 'libphonenumber-js'

/** All countries; a number without a country code is Russian. */
const e164 = (number: string): string => {
  const parsed = parsePhoneNumberFromString(number, 'RU')
  return parsed?.isValid() === true ? parsed.number : number
}

/** One country, without a dependency. An extension (453*101) has a star, a short number (102) has too few digits. */
const russian = (number: string): string => {
  const digits = /^[+\d\s()-]+$/.test(number) ? number.replace(/\D/g, '') : ''
  return /^[78]\d{10}$/.test(digits) ? `+7${digits.slice(1)}` : number
}

for (const number of ['8 (916) 000-00-01', '79160000001', '+442079460000', '453*101', '102', 'Anonymous'])
  console.log(number.padEnd(18), e164(number).padEnd(14), russian(number))

const leg = 'CallID=4a6f&SubCallID=85101-4a6f&CallFlow=out&CallerIDNum=453*101&CalledNumber=89160000001'
const { records } = ledger({ normaliseNumber: e164 })([
  `EventType=dial-out&EventTime=1780000686000000&${leg}`,
  `EventType=hangup&EventTime=1780000690000000&CallStatus=BUSY&${leg}`
])
for (const { kind, remoteNumber } of records) console.log(kind, remoteNumber)
