/** Events to begin with, a story each. */
export const SAMPLES: ReadonlyArray<{ readonly name: string; readonly directory: string; readonly events: ReadonlyArray<string> }> = (() => {
  const at = (second: number): string => `EventTime=${1_780_000_000_000_000 + second * 1_000_000}`
  const client = 'CallerIDNum=%2B79160000001'
  const queue = `CallID=4b70&SubCallID=85887-4b70&CallFlow=in&CalledNumber=453*887&CalledDID=74950000002&${client}`
  const rung = (n: number): string => `CallID=4b70&SubCallID=85${n}-4b70&CallFlow=in&CalledNumber=453*${n}&CallerExtension=453*887&${client}`
  const first = `CallID=c1d2&SubCallID=85101-c1d2&CallFlow=in&CalledNumber=453*101&${client}`
  const second = `CallID=c1d2&SubCallID=85102-c1d3&CallFlow=in&CalledNumber=453*102&CallerIDNum=453*101&CallerExtension=453*101&RemoteNumber=%2B79160000001`
  const source = `CallID=e5f6&SubCallID=85101-e5f6&CallFlow=in&CalledNumber=453*101&${client}&CallBackID=17`
  const away = 'CallID=e5f6&SubCallID=85101-e5f7&CallFlow=out&CalledNumber=%2B79160000001&CallerIDNum=453*101&CallerExtension=453*101&CallBackID=17'
  return [
    {
      name: 'a queue that nobody answers',
      directory: '{ "453*887": "queue" }',
      events: [
        `EventType=dial-in&${at(0)}&${queue}`,
        `EventType=dial-in&${at(1)}&${rung(101)}`,
        `EventType=dial-in&${at(1.2)}&${rung(103)}`,
        `EventType=hangup&${at(21)}&CallStatus=NOANSWER&${rung(101)}`,
        `EventType=hangup&${at(21.2)}&CallStatus=NOANSWER&${rung(103)}`,
        `EventType=hangup&${at(34)}&CallStatus=ANSWER&Bridged=no&${queue}`
      ]
    },
    {
      name: 'a transfer',
      directory: '{ "453*101": "phone", "453*102": "phone" }',
      events: [
        `EventType=dial-in&${at(0)}&${first}`,
        `EventType=answer&${at(6)}&${first}`,
        `EventType=dial-in&${at(50)}&${second}`,
        `EventType=answer&${at(55)}&${second}`,
        `EventType=hangup&${at(62)}&CallStatus=ANSWER&Duration=56000000&${first}`,
        `EventType=hangup&${at(140)}&CallStatus=ANSWER&Duration=85000000&${second}`
      ]
    },
    {
      name: 'a callback from the CRM',
      directory: '{ "453*101": "phone" }',
      events: [
        `EventType=dial-in&${at(0)}&${source}`,
        `EventType=answer&${at(4)}&${source}`,
        `EventType=dial-out&${at(4.3)}&${away}`,
        `EventType=answer&${at(15)}&${away}`,
        `EventType=hangup&${at(95)}&CallStatus=ANSWER&Duration=80000000&${away}`,
        `EventType=hangup&${at(95.1)}&CallStatus=ANSWER&Duration=91000000&${source}`
      ]
    }
  ]
})()
