export interface Column<Row> {
  readonly head: string
  readonly cell: (row: Row) => string
  /** Numbers are set right, words left. */
  readonly align?: 'left' | 'right'
}

/** A plain text table for terminals: heads, a rule, aligned columns. Empty string without rows. */
export function textTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  if (rows.length === 0) return ''
  const cells = rows.map((row) => columns.map((column) => column.cell(row)))
  const widths = columns.map((column, i) =>
    Math.max(column.head.length, ...cells.map((line) => (line[i] ?? '').length)),
  )
  const set = (line: readonly string[]) =>
    line
      .map((cell, i) =>
        columns[i]?.align === 'right' ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd()
  const heads = set(columns.map((column) => column.head))
  return [heads, widths.map((w) => '─'.repeat(w)).join('  '), ...cells.map(set)].join('\n')
}

/** Text broken at spaces to lines of at most `width` letters; later lines begin with `indent`. */
export function wrapped(text: string, width: number, indent = ''): string {
  const start = /^ */.exec(text)?.[0] ?? ''
  const lines: string[] = []
  let line = start
  for (const word of text.slice(start.length).split(' ')) {
    const empty = line === start || line === indent
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = indent + word
    } else line += empty ? word : ` ${word}`
  }
  return [...lines, line].join('\n')
}
