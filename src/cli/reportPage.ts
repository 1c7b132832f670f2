import { DATA, type ReportData } from '../page/ReportData.js'

/** Nothing in a script's text may end it or hide its end. */
const inScript = (json: string): string => json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')

const inText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** One file with the records, the calls and the program that shows them: it needs no network and works from a disk. */
export const reportPage = (data: ReportData, program: string): ReadonlyArray<string> => [
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>${inText(data.title)}</title>
</head>
<body>
<div id="page"></div>
<noscript>This page needs JavaScript.</noscript>
<script type="application/json" id="${DATA}">`,
  inScript(JSON.stringify(data)),
  `</script>
<script>${program.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}</script>
</body>
</html>
`
]
