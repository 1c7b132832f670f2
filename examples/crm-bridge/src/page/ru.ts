import { RUSSIAN_PICTURE } from './picture.js'
import type { Words } from './words.js'

const list = new Intl.ListFormat('ru', { type: 'conjunction' })
const and = (names: ReadonlyArray<string>): string => list.format(names)
const rules = new Intl.PluralRules('ru')
const form = (n: number, one: string, few: string, many: string): string => {
  const which = rules.select(n)
  return which === 'one' ? one : which === 'few' ? few : many
}
const count = (n: number, one: string, few: string, many: string): string => `${n} ${form(n, one, few, many)}`
const behind = (before: string, text: string | undefined): string => (text === undefined ? '' : `${before}${text}`)

export const russian: Words = {
  language: 'ru',
  title: 'Звонки',
  skip: 'К последним звонкам',
  live: 'на связи',
  connecting: 'подключение …',
  away: 'сервис не отвечает, пробуем снова',
  databaseAway: 'база данных недоступна, звонки показаны как были',
  holding: 'Догоняем прошлые события: пропущенные звонки появятся чуть позже.',
  today: 'Сегодня',
  yesterday: 'Вчера',
  noNumber: 'Номер скрыт',
  call: 'Позвонить',
  callNumber: (number) => `Позвонить ${number}`,
  myExtension: 'Ваш добавочный',
  numberToCall: 'Куда позвонить',
  ringsFirst: (extension, number) => `Сначала зазвонит ${extension}, затем ${number}.`,
  now: 'Сейчас',
  nobodyOnTheLine: 'Сейчас никто не говорит.',
  outgoing: 'исходящий',
  toLine: (did) => `на ${did}`,
  line: (did) => `линия ${did}`,
  rings: (who) => `вызов ${who}`,
  talks: (who) => `говорит ${who}`,
  waitsInQueue: (queue) => `ждёт в очереди ${queue}`,
  inMenu: (menu) => `в меню ${menu}`,
  responsible: 'Ответственный:',
  toCallBack: 'Перезвонить',
  nobodyWaits: 'Перезванивать некому.',
  calledInVain: (times, last) => (times === 1 ? `не дозвонился, ${last}` : `не дозвонился ${count(times, 'раз', 'раза', 'раз')}, последний: ${last}`),
  tried: (times) => `${count(times, 'попытка', 'попытки', 'попыток')} дозвониться`,
  anonymous: (calls) => `Ещё ${count(calls, 'пропущенный звонок', 'пропущенных звонка', 'пропущенных звонков')} со скрытого номера.`,
  onTheLineNow: 'сейчас на линии',
  showAll: (more) => `ещё ${more}`,
  latest: 'Последние звонки',
  search: 'Поиск',
  searchFor: 'Номер или имя',
  from: 'С',
  to: 'По',
  clear: 'Сбросить',
  csv: 'Сохранить в CSV',
  which: 'Какие звонки',
  tabs: { '': 'Все', missed: 'Пропущенные', talked: 'Разговоры', 'not-reached': 'Без разговора', transferred: 'Переведённые', callback: 'Обратные' },
  kinds: { answered: 'Отвечен', transferred: 'Переведён', callback: 'Обратный', incomplete: 'Без конца', missed: 'Пропущен' },
  causes: { busy: 'Занято', cancelled: 'Отменён', 'no-answer': 'Нет ответа', congestion: 'Перегрузка', unavailable: 'Недоступен', other: 'Не удался' },
  noCalls: 'Звонков ещё не было.',
  noneFound: 'Таких звонков нет.',
  older: 'Более ранние',
  found: (calls, more) => `${count(calls, 'звонок', 'звонка', 'звонков')}${more ? ' показано, есть более ранние' : ''}`,
  rang: (who) => `звонили на ${who}`,
  passedOn: 'переведён',
  forwardedTo: (number) => `переадресован на ${number}`,
  moment: 'Минуту …',
  how: 'Как прошёл звонок',
  picture: 'Ход звонка',
  pictureWords: RUSSIAN_PICTURE,
  recordings: 'Записи разговора',
  recordingOf: (who) => `Запись, ${who}`,
  noRecording: 'Эту запись не удаётся воспроизвести.',
  why: 'Почему записано так',
  corrected: (times) => `Исправлено ${count(times, 'раз', 'раза', 'раз')}: события пришли поздно.`,
  oddities: 'Странности',
  nothingKnown: 'Больше об этом звонке ничего не известно.',
  columns: ['начало', 'итог', 'направление', 'номер', 'имя', 'добавочный', 'сотрудник', 'разговор, секунд', 'линия', 'CallID'],
  incoming: 'входящий',
  and,
  story: {
    called: (client, line) => `Звонок от ${client}${behind(' на линию ', line)}.`,
    menu: (name, length) => `Меню ${name}: ${length}.`,
    queue: (name, length) => `Звонок был в очереди ${name} ${length}.`,
    inVain: (names, length) => `Звонили на ${and(names)}, за ${length} никто не ответил.`,
    answered: (name, after, talk) => `Ответ: ${name}${behind(', через ', after)}${behind('; разговор ', talk)}.`,
    passed: (from, to, talk) => `Перевод: ${from} → ${to}, ответ получен${behind('; разговор ', talk)}.`,
    passedInVain: (from, to, cause) => `Перевод: ${from} → ${to}, без разговора: ${cause}.`,
    dialled: (name, number, after, talk) => `Исходящий: ${name} → ${number}, ответ получен${behind(' через ', after)}${behind('; разговор ', talk)}.`,
    dialledInVain: (name, number, cause) => `Исходящий: ${name} → ${number}, без разговора: ${cause}.`,
    stillRings: (name) => `Идёт вызов: ${name}.`,
    noEnd: (name) => `АТС не сообщила о конце разговора (${name}).`,
    missedAt: (place) => `С клиентом никто не поговорил: пропущенный звонок, ${place}.`
  }
}
