import { SaxesParser } from 'saxes'

/** An element, as a parser that has nothing to do with the one that wrote it reads it. */
export interface Parsed {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
  readonly children: ReadonlyArray<Parsed>
}

/** Reads a document strictly; throws at the first thing that is not well-formed XML 1.0. */
export const parsed = (xml: string): Parsed => {
  interface Open {
    name: string
    attributes: Record<string, string>
    text: string
    children: Array<Open>
  }
  const root: Open = { name: '', attributes: {}, text: '', children: [] }
  const path = [root]
  const parser = new SaxesParser({ xmlns: false, position: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: Open = { name, attributes, text: '', children: [] }
    path[path.length - 1]?.children.push(element)
    path.push(element)
  })
  const addText = (text: string): void => {
    const element = path[path.length - 1]
    if (element !== undefined) element.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    path.pop()
  })
  parser.write(xml).close()
  const [document] = root.children
  if (document === undefined) throw new Error('no element')
  return document
}
