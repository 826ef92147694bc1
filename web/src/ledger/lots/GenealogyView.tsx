import { useMemo, useState } from 'react'
import { Segments } from '../../circuit/parts/Segments.tsx'
import { href } from '../../app/router.ts'
import { Taken, type Column } from '../../money/Taken.tsx'
import { useAsked } from '../asked.ts'
import { address } from '../client.ts'
import { inOrder } from '../parts/elements.ts'
import { dayText, fractionText, massText, shortUri } from '../parts/figures.ts'
import { CampaignLink, FileLink, LotLink } from '../parts/links.tsx'
import { Asked } from '../parts/pieces.tsx'
import { Shown } from '../parts/Shown.tsx'
import type { Genealogy, GenealogyNode } from '../said.ts'
import { box, curveOf, graphOf, type Placed } from './genealogy-graph.ts'

const depths = [1, 2, 3, 5, 10, 30] as const

/** What a lot came from and what became of it: drawn, or as a table. */
export function GenealogyView({ lot, code }: { readonly lot: string; readonly code: string }) {
  const [depth, setDepth] = useState(2)
  const [isTable, setTable] = useState(false)
  const [chosen, setElement] = useState('')
  const question = (direction: 'up' | 'down') =>
    address('api/ledger/genealogy', { lot, direction, depth })
  const up = useAsked<Genealogy>(question('up'))
  const onward = useAsked<Genealogy>(question('down'))
  const elements = inOrder(up.value?.elements ?? [])
  const element = elements.includes(chosen) ? chosen : (elements[0] ?? '')
  return (
    <>
      <div className="ledger-bar">
        <Segments
          label="Shown as"
          options={[
            ['graph', 'Graph'],
            ['table', 'Table'],
          ]}
          chosen={isTable ? 'table' : 'graph'}
          onChoose={(as) => setTable(as === 'table')}
        />
        <Asked label="Steps each way">
          {(id) => (
            <select
              id={id}
              value={depth}
              onChange={(event) => setDepth(Number(event.target.value))}
            >
              {depths.map((steps) => (
                <option key={steps}>{steps}</option>
              ))}
            </select>
          )}
        </Asked>
        {elements.length === 0 ? null : (
          <Asked label="Shares of">
            {(id) => (
              <select id={id} value={element} onChange={(event) => setElement(event.target.value)}>
                {elements.map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </select>
            )}
          </Asked>
        )}
        <FileLink to={address('api/ledger/genealogy.svg', { lot, direction: 'up', depth })}>
          SVG
        </FileLink>
      </div>
      <Shown asked={up} what="where it came from">
        {(before) =>
          isTable ? (
            <NodeTable code={code} element={element} up={before} onward={onward.value} />
          ) : (
            <Drawing code={code} element={element} up={before} onward={onward.value} />
          )
        }
      </Shown>
    </>
  )
}

interface BothWays {
  readonly code: string
  readonly element: string
  readonly up: Genealogy
  readonly onward: Genealogy | undefined
}

function Drawing({ code, element, up, onward }: BothWays) {
  const graph = useMemo(() => graphOf(up, onward), [up, onward])
  const most = Math.max(1, ...graph.links.map(({ mg }) => mg))
  return (
    <>
      <div
        className="ledger-graph area-scroll"
        tabIndex={0}
        role="region"
        aria-label={`Genealogy of ${shortUri(code)}, drawn`}
      >
        <svg
          width={graph.width}
          height={graph.height}
          viewBox={`0 0 ${graph.width} ${graph.height}`}
          role="group"
          aria-label={`What ${shortUri(code)} came from, left, and what became of it, right`}
        >
          <defs>
            <marker
              id="ledger-arrow"
              viewBox="0 0 6 6"
              refX="5"
              refY="3"
              markerWidth="7"
              markerHeight="7"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0L6 3L0 6Z" />
            </marker>
          </defs>
          {graph.links.map((link) => (
            <path
              key={link.id}
              className="ledger-link-line"
              d={curveOf(link)}
              strokeWidth={1 + 3 * Math.sqrt(link.mg / most)}
              markerEnd="url(#ledger-arrow)"
            />
          ))}
          {graph.placed.map((placed) => (
            <NodeBox
              key={placed.id}
              placed={placed}
              element={element}
              isRoot={placed.id === up.lot}
            />
          ))}
        </svg>
      </div>
      <Cut up={up} onward={onward} element={element} />
    </>
  )
}

function Cut({ up, onward, element }: Omit<BothWays, 'code'>) {
  const unknown = up.unknown[element] ?? 0
  const isCut = up.isCut || onward?.isCut === true
  return (
    <p className="area-quiet">
      {element === '' ? '' : `Shares are of the ${element} of this lot, by mass. `}
      {unknown > 1e-6
        ? `Of ${fractionText(unknown)} of it nobody can say where it came from. `
        : ''}
      {isCut ? 'There is more than is shown: ask for more steps, or for a lot farther on.' : ''}
    </p>
  )
}

function hrefOf({ type, uri }: GenealogyNode): string | undefined {
  if (type === 'lot') return href('ledger', 'lots', { lot: uri })
  return type === 'campaign' ? href('ledger', 'campaigns', { campaign: uri }) : undefined
}

function NodeBox({
  placed: { node, x, y, hidden },
  element,
  isRoot,
}: {
  readonly placed: Placed
  readonly element: string
  readonly isRoot: boolean
}) {
  const to = node === undefined || isRoot ? undefined : hrefOf(node)
  const inside = (
    <g transform={`translate(${x} ${y})`}>
      <rect
        className="ledger-node"
        data-type={node?.type ?? 'rest'}
        data-root={isRoot}
        width={box.width}
        height={box.height}
        rx={node?.type === 'lot' ? 3 : 12}
      />
      <text className="ledger-node-name" x={8} y={17}>
        {node === undefined ? `${hidden} more` : clipped(shortUri(node.code))}
      </text>
      <text className="ledger-node-about" x={8} y={33}>
        {node === undefined ? 'in the table' : aboutOf(node, element)}
      </text>
    </g>
  )
  if (node === undefined || to === undefined) return inside
  return (
    <a href={to}>
      <title>{`${node.code}, ${node.product ?? node.kind ?? node.type}, ${dayText(node.time)}`}</title>
      {inside}
    </a>
  )
}

const clipped = (text: string, most = 19) =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text

function aboutOf({ type, kind, product, shares }: GenealogyNode, element: string): string {
  const share = shares[element]
  const what = type === 'transformation' ? 'step' : type === 'campaign' ? 'campaign' : kind
  const words = product ?? what ?? 'lot'
  return share === undefined
    ? clipped(words, 22)
    : `${clipped(words, 13)} · ${fractionText(share, 3)}`
}

interface Row extends GenealogyNode {
  readonly way: 'before' | 'after'
}

function NodeTable({ code, element, up, onward }: BothWays) {
  const rows: readonly Row[] = [
    ...up.nodes.map((node) => ({ ...node, way: 'before' as const })),
    ...(onward?.nodes ?? []).map((node) => ({ ...node, way: 'after' as const })),
  ].filter(({ uri }) => uri !== up.lot)
  const columns: readonly Column<Row>[] = [
    {
      id: 'code',
      head: 'lot or campaign',
      value: ({ code }) => code,
      show: ({ type, uri, code }) =>
        type === 'lot' ? (
          <LotLink uri={uri} code={shortUri(code)} />
        ) : type === 'campaign' ? (
          <CampaignLink uri={uri} code={shortUri(code)} />
        ) : (
          'one step'
        ),
    },
    { id: 'way', head: 'stands', words: 'short', value: ({ way }) => way },
    { id: 'steps', head: 'steps away', value: ({ depth }) => depth },
    {
      id: 'kind',
      head: 'what',
      words: 'short',
      value: ({ product, kind, type }) => [kind ?? type, product ?? ''].join(' ').trim(),
    },
    {
      id: 'share',
      head: element === '' ? 'share' : `share of ${element}`,
      value: ({ shares }) => shares[element] ?? null,
      show: ({ shares }) =>
        shares[element] === undefined ? 'unknown' : fractionText(shares[element]),
    },
    {
      id: 'mg',
      head: 'there is now',
      value: ({ mg }) => (mg === undefined ? null : mg / 1e6),
      show: ({ mg }) => (mg === undefined ? '' : massText(mg)),
    },
    { id: 'time', head: 'since', value: ({ time }) => dayText(time) },
  ]
  return (
    <>
      <Taken
        label="Genealogy"
        file={`${shortUri(code)}-genealogy`}
        columns={columns}
        rows={rows}
        keyOf={({ uri, way }) => `${uri} ${way}`}
        empty="Nothing is known to come before it or after it."
      />
      <Cut up={up} onward={onward} element={element} />
    </>
  )
}
