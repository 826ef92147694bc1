import { escapeXml } from '../../draw/index.ts'
import type { Block, EngineeringPackage, Section, TableBlock } from './blocks.ts'

const style = `
:root{--ink:#1b1f24;--paper:#fdfdfc;--quiet:#5a6067;--faint:#d9dce0;--bad:#a33a00}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:var(--paper);
  font:15px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
main{max-width:76rem;margin:0 auto;padding:1.5rem}
header h1{font-size:2rem;line-height:1.2;margin:.3em 0 .1em}
h2{font-size:1.35rem;margin:2.6em 0 .6em;padding-top:.7em;border-top:2px solid var(--ink)}
h3{font-size:1.05rem;margin:1.8em 0 .4em}
p{max-width:46rem;overflow-wrap:anywhere}
.quiet,figcaption,caption small{color:var(--quiet)}
.warning{color:var(--bad)}
nav ol{columns:2 22rem;padding-left:1.6em}
a{color:#1f5fa8}
.scroll{overflow-x:auto;margin:1em 0}
table{border-collapse:collapse;font-size:13px;line-height:1.35;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:.3em 0;white-space:nowrap}
th,td{padding:.22em .7em .22em 0;vertical-align:top;text-align:left}
thead th{border-bottom:1.5px solid var(--ink);vertical-align:bottom;font-weight:600}
thead small{display:block;font-weight:400;color:var(--quiet)}
tbody tr{border-bottom:1px solid var(--faint)}
tfoot td{font-weight:600;border-top:1.5px solid var(--ink)}
.right{text-align:right}
td.right{white-space:nowrap}
table.pairs th{font-weight:400;color:var(--quiet);padding-right:1.6em}
figure{margin:1.4em 0;overflow-x:auto}
figure svg{max-width:100%;height:auto}
@media print{
  @page{size:A4;margin:14mm}
  main{padding:0;max-width:none}
  h2{break-before:page;border:0}
  figure,tr{break-inside:avoid}
  thead{display:table-header-group}
  .scroll,figure{overflow:visible}
}
`

const anchor = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

const cellClass = (table: TableBlock, k: number) =>
  table.columns[k]?.align === 'right' ? ' class="right"' : ''

function row(table: TableBlock, cells: readonly string[]): string {
  const tags = cells.map((cell, k) => `<td${cellClass(table, k)}>${escapeXml(cell)}</td>`)
  return `<tr>${tags.join('')}</tr>`
}

/** A table that scrolls by itself where the page is narrower. */
function table(block: TableBlock): string {
  const heads = block.columns.map(({ head, unit }, k) => {
    const below = unit === undefined || unit === '' ? '' : `<small>${escapeXml(unit)}</small>`
    return `<th scope="col"${cellClass(block, k)}>${escapeXml(head)}${below}</th>`
  })
  const foot = (block.foot ?? []).map((cells) => row(block, cells)).join('')
  return [
    `<div class="scroll" tabindex="0" role="region" aria-label="${escapeXml(block.title)}"><table>`,
    `<caption>${escapeXml(block.title)}</caption>`,
    `<thead><tr>${heads.join('')}</tr></thead>`,
    `<tbody>${block.rows.map((cells) => row(block, cells)).join('\n')}</tbody>`,
    foot === '' ? '' : `<tfoot>${foot}</tfoot>`,
    '</table></div>',
    ...(block.notes ?? []).map((note) => `<p class="quiet">${escapeXml(note)}</p>`),
  ].join('\n')
}

function pairs(rows: readonly (readonly [string, string])[], title = ''): string {
  const lines = rows.map(
    ([name, value]) =>
      `<tr><th scope="row">${escapeXml(name)}</th><td>${escapeXml(value)}</td></tr>`,
  )
  const caption = title === '' ? '' : `<caption>${escapeXml(title)}</caption>`
  return `<div class="scroll"><table class="pairs">${caption}<tbody>${lines.join('')}</tbody></table></div>`
}

function block(part: Block): string {
  switch (part.kind) {
    case 'text':
      return `<p${part.tone === undefined ? '' : ` class="${part.tone}"`}>${escapeXml(part.text)}</p>`
    case 'heading':
      return `<h3>${escapeXml(part.text)}</h3>`
    case 'list':
      return `<ul>${part.items.map((item) => `<li>${escapeXml(item)}</li>`).join('\n')}</ul>`
    case 'pairs':
      return pairs(part.rows, part.title)
    case 'turn':
      return ''
    case 'table':
      return table(part)
    case 'figure': {
      const title = escapeXml(part.title)
      return `<figure>${part.svg}<figcaption>${title}</figcaption></figure>`
    }
  }
}

function section({ title, blocks }: Section, index: number): string {
  const head = `<h2 id="${anchor(title)}">${index + 1} ${escapeXml(title)}</h2>`
  return `<section>${[head, ...blocks.map(block)].join('\n')}</section>`
}

/** The package as one HTML page that needs no other file and prints on A4. */
export function packagePage(document: EngineeringPackage): string {
  const { title, summary, alerts, revisions, sections } = document
  const entries = sections.map(
    (part) => `<li><a href="#${anchor(part.title)}">${escapeXml(part.title)}</a></li>`,
  )
  const revisionBlock: TableBlock = {
    kind: 'table',
    title: 'Revisions',
    columns: revisionColumns,
    rows: revisions.map((r) => revisionColumns.map(({ key }) => r[key])),
  }
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(title)}: engineering package</title><style>${style}</style></head><body><main>`,
    '<header><p class="quiet">Engineering package</p>',
    `<h1>${escapeXml(title)}</h1>`,
    ...alerts.map((alert) => `<p class="warning">${escapeXml(alert)}</p>`),
    pairs(summary),
    table(revisionBlock),
    `<p class="quiet">Plant file ${document.plant}. ${escapeXml(document.program)}</p></header>`,
    `<nav aria-label="Contents"><ol>${entries.join('\n')}</ol></nav>`,
    ...sections.map(section),
    '</main></body></html>',
    '',
  ].join('\n')
}

/** Columns of the revision block, on paper and on the page. */
export const revisionColumns = [
  { head: 'rev', key: 'revision' },
  { head: 'date', key: 'date' },
  { head: 'description', key: 'description' },
  { head: 'prepared', key: 'prepared' },
  { head: 'checked', key: 'checked' },
  { head: 'approved', key: 'approved' },
] as const
