import { UNSHOWN } from '../ports/sendable.js'

declare const URLSearchParams: new (pairs: ReadonlyArray<readonly [string, string]>) => { readonly toString: () => string }

/** The forms in which a secret may come back in somebody's message: as it is, in a form, in a URL, in JSON. */
const formsOf = (secret: string): ReadonlyArray<string> => {
  const inForm = new URLSearchParams([['', secret]]).toString().slice(1)
  return [secret, inForm, inForm.replaceAll('+', '%20'), JSON.stringify(secret).slice(1, -1)]
}

const UNSHOWN_RUNS = new RegExp(`${UNSHOWN.source}+`, 'gu')

/**
 * Makes a text from outside fit for an error: without these secrets, on one line, at most 200 characters.
 * Servers, proxies and runtimes do quote what they were sent.
 */
export const withoutSecrets =
  (...secrets: ReadonlyArray<string>) =>
  (text: string): string =>
    secrets
      .filter((secret) => secret !== '')
      .flatMap(formsOf)
      .reduce((kept, form) => kept.split(form).join('[secret]'), text)
      .replace(UNSHOWN_RUNS, ' ')
      .trim()
      .slice(0, 200)
