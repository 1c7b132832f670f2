import type { VendorContents } from '../../../test/vendor/Vendor.js'

/** The company whose calls the bundled day has, as the vendor's API would list it. */
export const contents: VendorContents = {
  clientId: 'demo',
  clientSecret: 'demo',
  extensions: [
    { id: 85218, name: '453*101', type: 'phone', label: 'Reception' },
    { id: 85219, name: '453*102', type: 'phone', label: 'Sales' },
    { id: 85220, name: '453*103', type: 'phone', label: 'Warehouse' },
    { id: 85231, name: '453*104', type: 'phone', label: 'Service' },
    { id: 85240, name: '453*105', type: 'phone', label: 'Accounts' },
    { id: 85255, name: '453*106', type: 'phone', label: 'Director' },
    { id: 96800, name: '453*800', type: 'ivr', label: 'Main menu' },
    { id: 96857, name: '453*887', type: 'queue', label: 'Sales queue' },
    { id: 96858, name: '453*888', type: 'queue', label: 'Service queue' }
  ]
}

/** Whom the company knows, and who is responsible for whom: what a CRM would put into the bridge. */
export const clients = [
  { number: '+79160000001', name: 'Romashka LLC', extension: '453*102' },
  { number: '+79160000002', name: 'Vasilyok, wholesale', extension: '453*101' },
  { number: '+79160000005', name: 'ООО «Лютик»', extension: '453*103' },
  { number: '+79160000010', name: 'Mak & Sons' },
  { number: '+79160000011', name: 'Landysh Clinic', extension: '453*105' },
  { number: '+79160000013', name: 'Peony & Partners', extension: '453*105' },
  { number: '+79160000016', name: 'Barvinok Garage', extension: '453*103' },
  { number: '+79160000018', name: 'Camomile LLC', extension: '453*106' },
  { number: '+79160000022', name: 'Kalina Bakery', extension: '453*101' },
  { number: '+79160000024', name: 'Tulip Travel', extension: '453*104' },
  { number: '+79160000026', name: 'ООО «Василёк»', extension: '453*106' },
  { number: '+79160000027', name: 'Iris School', extension: '453*101' }
] as const
