/** The colours of a picture, by what they are for: each has three to one against the background, a text four and a half to one. */
interface Theme {
  readonly back: string
  readonly text: string
  readonly muted: string
  readonly grid: string
  readonly ring: string
  readonly wait: string
  readonly talk: string
  readonly miss: string
  readonly odd: string
}

const LIGHT: Theme = { back: '#ffffff', text: '#1f2328', muted: '#59636e', grid: '#d8dee4', ring: '#0969da', wait: '#8250df', talk: '#1a7f37', miss: '#cf222e', odd: '#9a6700' }
const DARK: Theme = { back: '#0d1117', text: '#f0f6fc', muted: '#9198a1', grid: '#30363d', ring: '#58a6ff', wait: '#bc8cff', talk: '#3fb950', miss: '#ff7b72', odd: '#d29922' }

const variables = (theme: Theme): string =>
  Object.entries(theme).map(([name, colour]) => `--${name}:${String(colour)}`).join(';')

/** The style of a picture with this id, and of no other on the page: light or dark as the reader has it, light on paper. */
export const styleOf = (id: string): string => `
#${id}{${variables(LIGHT)};font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-size:12px}
@media (prefers-color-scheme:dark){#${id}{${variables(DARK)}}}
@media print{#${id}{${variables(LIGHT)}}}
#${id} text{fill:var(--text)}
#${id} .muted{fill:var(--muted)}
#${id} .name{font-size:13px;font-weight:600}
#${id} .title{font-size:16px;font-weight:600}
#${id} .miss{fill:var(--miss);font-weight:600}
#${id} .odd{fill:var(--odd)}
#${id} .back{fill:var(--back)}
#${id} .grid{stroke:var(--grid)}
#${id} .ring{fill:url(#${id}-ring);stroke:var(--ring)}
#${id} .wait{fill:url(#${id}-wait);stroke:var(--wait)}
#${id} .talk{fill:var(--talk);stroke:var(--talk)}
#${id} .open{stroke-dasharray:3 2}
#${id} .arrow{fill:none;stroke:var(--muted);stroke-width:1.5}
#${id} .head{fill:var(--muted)}
`
