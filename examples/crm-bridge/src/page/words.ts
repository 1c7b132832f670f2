import type { CallRecord } from 'call-legs'
import type { PictureWords } from './picture.js'
import type { CallKind } from '../call/wholeCall.js'

type Cause = Extract<CallRecord, { readonly kind: 'unsuccessful' }>['cause']

/** Everything that the page says, in one language. Names and numbers are put in as text. */
export interface Words {
  readonly language: 'en' | 'ru'
  readonly title: string
  readonly skip: string
  readonly live: string
  readonly connecting: string
  readonly away: string
  readonly databaseAway: string
  readonly holding: string
  readonly today: string
  readonly yesterday: string
  readonly noNumber: string
  readonly call: string
  readonly callNumber: (number: string) => string
  readonly myExtension: string
  readonly numberToCall: string
  readonly ringsFirst: (extension: string, number: string) => string
  readonly now: string
  readonly nobodyOnTheLine: string
  readonly outgoing: string
  readonly toLine: (did: string) => string
  readonly line: (did: string) => string
  readonly rings: (who: string) => string
  readonly talks: (who: string) => string
  readonly waitsInQueue: (queue: string) => string
  readonly inMenu: (menu: string) => string
  readonly responsible: string
  readonly toCallBack: string
  readonly nobodyWaits: string
  readonly calledInVain: (times: number, last: string) => string
  readonly tried: (times: number) => string
  readonly anonymous: (calls: number) => string
  readonly onTheLineNow: string
  readonly showAll: (more: number) => string
  readonly latest: string
  readonly search: string
  readonly searchFor: string
  readonly from: string
  readonly to: string
  readonly clear: string
  readonly csv: string
  readonly which: string
  readonly tabs: Readonly<Record<CallKind | '', string>>
  readonly kinds: Readonly<Record<Exclude<CallRecord['kind'], 'unsuccessful'>, string>>
  readonly causes: Readonly<Record<Cause, string>>
  readonly noCalls: string
  readonly noneFound: string
  readonly older: string
  readonly found: (calls: number, more: boolean) => string
  readonly rang: (who: string) => string
  readonly passedOn: string
  readonly forwardedTo: (number: string) => string
  readonly moment: string
  readonly how: string
  readonly picture: string
  readonly pictureWords: PictureWords
  readonly recordings: string
  readonly recordingOf: (who: string) => string
  readonly noRecording: string
  readonly why: string
  readonly corrected: (times: number) => string
  readonly oddities: string
  readonly nothingKnown: string
  readonly compared: (when: string, differences: number) => string
  readonly comparedInVain: (when: string, why: string) => string
  readonly crmAway: (why: string, waiting: number) => string
  readonly crmSaid: (records: number) => string
  readonly crmWithoutUser: (extensions: ReadonlyArray<string>) => string
  readonly columns: ReadonlyArray<string>
  readonly incoming: string
  readonly and: (names: ReadonlyArray<string>) => string
  readonly story: {
    readonly called: (client: string, line: string | undefined) => string
    readonly menu: (name: string, length: string) => string
    readonly queue: (name: string, length: string) => string
    readonly inVain: (names: ReadonlyArray<string>, length: string) => string
    readonly answered: (name: string, after: string | undefined, talk: string | undefined) => string
    readonly passed: (from: string, to: string, talk: string | undefined) => string
    readonly passedInVain: (from: string, to: string, cause: string) => string
    readonly dialled: (name: string, number: string, after: string | undefined, talk: string | undefined) => string
    readonly dialledInVain: (name: string, number: string, cause: string) => string
    readonly stillRings: (name: string) => string
    readonly noEnd: (name: string) => string
    readonly missedAt: (place: string) => string
    /** Somebody had talked before. */
    readonly lostAt: (place: string) => string
  }
}
