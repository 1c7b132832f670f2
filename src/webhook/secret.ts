declare const TextEncoder: new () => { readonly encode: (text: string) => Uint8Array }
declare const crypto: { readonly subtle: { readonly digest: (algorithm: 'SHA-256', data: Uint8Array) => Promise<ArrayBuffer> } }

const hash = async (text: string): Promise<Uint8Array> => new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

/** 0 if they are the same. Looks at all bytes, whichever differ. */
const difference = (a: Uint8Array, b: Uint8Array): number => a.reduce((bits, byte, i) => bits | (byte ^ (b[i] ?? 0)), 0)

/** Whether this text is one of the secrets. */
export type SecretCheck = (given: string) => Promise<boolean>

/**
 * Compares a text with secrets in a time that says nothing about them. Every runtime has SHA-256, and hashes
 * are all of one length, so how long the secrets are does not show either; and all of them are looked at,
 * whichever fits. Without any secret nothing fits.
 */
export const secretCheck = (secret: string | ReadonlyArray<string> | undefined): SecretCheck => {
  const secrets = [secret ?? []].flat().filter((one) => typeof one === 'string' && one !== '')
  // the hashes, not the promise of them: some runtimes let no request wait for what another began
  let known: ReadonlyArray<Uint8Array> | undefined
  return async (given) => {
    const told = await hash(given)
    known ??= await Promise.all(secrets.map(hash))
    return known.filter((one) => difference(one, told) === 0).length > 0
  }
}
