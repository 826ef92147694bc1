import { Taken, type Column } from '../../money/Taken.tsx'
import { fractionText, shortUri } from '../parts/figures.ts'
import { LotLink } from '../parts/links.tsx'
import { Word } from '../parts/pieces.tsx'
import type { LotView } from '../said.ts'

type Recycled = LotView['recycled']['elements'][number]
type Origin = LotView['origin']['steps'][number]

const recycledColumns: readonly Column<Recycled>[] = [
  { id: 'element', head: 'element', value: ({ element }) => element },
  ...(
    [
      ['postConsumer', 'post-consumer'],
      ['preConsumer', 'pre-consumer'],
      ['primary', 'primary'],
      ['unknown', 'unknown'],
    ] as const
  ).map(([id, head]): Column<Recycled> => {
    return { id, head, value: (row) => row[id], show: (row) => shareText(row[id]) }
  }),
]

const shareText = (share: number) => (share === 0 ? '–' : fractionText(share))

/** How much was recycled, where the steps were done, and by which model it was kept apart. */
export function Provenance({
  view: { recycled, origin, custody, lot },
}: {
  readonly view: LotView
}) {
  const code = lot.master?.code ?? 'lot'
  const isCut = recycled.isCut || origin.isCut || custody.isCut
  return (
    <div className="ledger-columns">
      <div>
        <h3>Share of each element by source (ISO 14021)</h3>
        <Taken
          label="Recycled share"
          file={`${shortUri(code)}-recycled`}
          columns={recycledColumns}
          rows={recycled.elements}
          keyOf={({ element }) => element}
          empty="No element of it is known, so no share of it can be."
        />
      </div>
      <div>
        <h3>Origin by processing step</h3>
        <Taken
          label="Origin"
          file={`${shortUri(code)}-origin`}
          columns={originColumns}
          rows={origin.steps}
          keyOf={({ step, element }) => `${step} ${element}`}
          empty="Nobody has said where any step was done."
        />
      </div>
      <div>
        <h3>Chain of custody (ISO 22095)</h3>
        <p>
          {custody.model === 'unknown' ? <Word kind="warn">unknown</Word> : custody.model}, of{' '}
          {custody.origins} {custody.origins === 1 ? 'lot' : 'lots'} of origin.
        </p>
        {custody.because.length === 0 ? null : (
          <p>
            Because of{' '}
            {custody.because.slice(0, 8).map(({ lot, model }, k) => (
              <span key={lot}>
                {k === 0 ? '' : ', '}
                <LotLink uri={lot} /> ({model})
              </span>
            ))}
            {custody.because.length > 8 ? ` and ${custody.because.length - 8} more` : ''}.
          </p>
        )}
        {isCut ? (
          <p>
            <Word kind="warn">More lots lead here than are looked at: shares are of those.</Word>
          </p>
        ) : null}
      </div>
    </div>
  )
}

const originColumns: readonly Column<Origin>[] = [
  { id: 'step', head: 'step', value: ({ step }) => step },
  { id: 'element', head: 'element', words: 'short', value: ({ element }) => element },
  {
    id: 'shares',
    head: 'where, of the element',
    words: 'short',
    value: ({ shares }) =>
      shares
        .map(({ country, facility, share }) =>
          [fractionText(share, 3), country, facility]
            .filter((word) => word !== undefined)
            .join(' '),
        )
        .join(', '),
  },
]
