import { onTestFinished } from 'vitest'
import { restPorts, type RestOptions, type RestPorts } from '../../src/rest/index.js'
import { company } from '../vendor/company.js'
import { startVendor, type Vendor, type VendorContents } from '../vendor/Vendor.js'

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
