import type { VendorContents } from './Vendor.js'

/** A small company, as the vendor's API lists and remembers it. */
export const company: VendorContents = {
  extensions: [
    { id: 85218, name: '453*101', type: 'phone' },
    { id: 85219, name: '453*102', type: 'phone' },
    { id: 96857, name: '453*887', type: 'queue' },
    { id: 96800, name: '453*800', type: 'ivr' },
    { id: 96999, name: '453*999', type: 'conference' }
  ],
  recordings: {
    '85219-0F1E2D3C4B5A69788796A5B4C3D2E1F0': 'https://storage.pbx.example/85219-0F1E.mp3?sign=abc',
    '85219-NOFILEYET': null
  },
  calls: {
    '262077EF325F4868AA49BF22309229F7': {
      call_uuid: '262077EF325F4868AA49BF22309229F7',
      flow: 'in',
      result: 'bridged',
      duration: 64,
      bridged_duration: 11,
      cdr: [
        {
          extension_id: 96857,
          extension_name: '453*887@pbx.example',
          extension_type: 'queue',
          flow: 'in',
          init_time_gmt: '2026-05-28 20:38:01.12',
          start_time_gmt: '2026-05-28 20:38:01',
          hangup_time_gmt: '2026-05-28 20:38:58',
          duration: 57,
          result: 'answered',
          hangup_disposition: 'caller_bye',
          record_uuid: null
        },
        {
          extension_id: 85219,
          extension_name: '453*102@pbx.example',
          extension_type: 'phone',
          flow: 'in',
          init_time_gmt: '2026-05-28 20:38:06.47',
          start_time_gmt: '2026-05-28 20:38:47',
          hangup_time_gmt: '2026-05-28 20:38:58',
          duration: 11,
          result: 'answered',
          hangup_disposition: 'caller_bye',
          record_uuid: '85219-0F1E2D3C4B5A69788796A5B4C3D2E1F0'
        }
      ]
    }
  }
}
