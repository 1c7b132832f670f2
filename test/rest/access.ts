import { onTestFinished } from 'vitest'
import { restPorts, type RestOptions, type RestPorts } from '../../src/rest/index.js'
import { company } from '../vendor/company.js'
import { startVendor, type Vendor, type VendorContents } from '../vendor/Vendor.js'

/** A signal, and what aborts it. */
export const giveUp = (): { readonly signal: AbortSignal; readonly abort: () => void } => {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}

/** Waits until it is so. */
export const until = async (so: () => boolean): Promise<void> => {
  while (!so()) await new Promise((resolve) => setTimeout(resolve, 2))
}

/** A vendor on the loopback and the ports to it, with the haste of a test; both are gone when the test is over. */
export const given = async (
  options: Partial<RestOptions> = {},
  contents: VendorContents = company
): Promise<{ readonly vendor: Vendor; readonly pbx: RestPorts }> => {
  const vendor = await startVendor(contents)
  onTestFinished(vendor.close)
  const { url: baseUrl, clientId, clientSecret } = vendor
  const pbx = restPorts({
    baseUrl,
    clientId,
    clientSecret,
    retry: { firstDelay: 1_000, longestDelay: 4_000 },
    readyRetry: { firstDelay: 1_000, longestDelay: 4_000 },
    ...options
  })
  return { vendor, pbx }
}
