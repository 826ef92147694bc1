/** Markdown that the reference pages are made of. */

/** Text as a table cell or a line of a page: nothing in it is markup. */
export function plain(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replaceAll('*', '\\*')
    .replaceAll('\n', ' ')
}

export type Row = readonly string[]

/** A Markdown table; its cells are markup already. */
export function table(heads: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A page under a note that it is generated; parts are paragraphs. */
export function page(title: string, intro: string, ...parts: readonly string[]): string {
  const note = '<!-- Written by tools/docs.ts (npm run docs); do not edit. -->'
  return `${[`# ${title}`, note, intro, ...parts].join('\n\n')}\n`
}
