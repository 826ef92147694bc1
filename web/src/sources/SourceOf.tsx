import { validityText } from '../../../src/report/validity.ts'
import { href } from '../app/router.ts'
import { useWorkspace } from '../document/store.ts'
import type { SourceReport } from '../engine/tasks/sources.ts'
import { formatNumber } from '../ui/format.ts'
import { Publication } from './Publication.tsx'
import { Fact } from './SetPanel.tsx'
import { originOf } from './source-of.ts'
import { useSources } from './use-sources.ts'
import '../ui/area.css'
import './sources.css'

const kinds = { note: 'Note', source: 'Source', assumption: 'Assumption' } as const

/**
 * What a parameter, a unit or a result rests on: `sx1.organicFlow`, `sx1`,
 * `product neodymium-oxide reoOfTreo`, `extractants.PC88A-T21-NdPr.Nd.a`.
 */
export function SourceOf({ path }: { readonly path: string }) {
  const report = useSources()
  const solution = useWorkspace((w) => w.solution)
  if (report === undefined || solution === null) {
    return <p role="status">Asking where it is from.</p>
  }
  const origin = originOf(path, report, solution)
  const { number, said, sets, constants, warnings, isWhole } = origin
  const isEmpty =
    !isWhole && number === undefined && said.length + sets.length + constants.length === 0
  return (
    <div className="sources-of">
      {isEmpty && (
        <p>It is computed by balances alone, or stated by the plant file without a source.</p>
      )}
      <dl className="sources-facts">
        {isWhole && <Computed report={report} gap={solution.balance.worst} />}
        {number !== undefined && (
          <Fact name={number.name}>
            {formatNumber(number.value, 6)} {number.unit}
            {number.uncertainty === undefined
              ? ', no uncertainty stated'
              : ` ± ${formatNumber(number.uncertainty, 3)}`}
            ; {number.method}: <Publication id={number.source} report={report} />
          </Fact>
        )}
        {said.map(({ kind, at, text }, k) => (
          <Fact key={`${at} ${k}`} name={kinds[kind]}>
            {text} <span className="area-quiet">({at})</span>
          </Fact>
        ))}
        {sets.map((set) => (
          <Fact key={set.id} name="Data set">
            <a href={href('sources', set.id)}>{set.id}</a>, measured within{' '}
            {validityText(set.validity)}
          </Fact>
        ))}
        {constants.length > 0 && (
          <Fact name="Constants">
            <ul className="area-plain">
              {constants.map((constant) => (
                <li key={constant.name}>
                  <a href={href('sources', constant.name)}>{constant.name}</a>{' '}
                  {formatNumber(constant.value, 5)} {constant.unit}, {constant.method}:{' '}
                  <Publication id={constant.source} report={report} />
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {warnings.length > 0 && (
          <Fact name="Warnings">
            <ul className="area-plain">
              {warnings.map(({ unit, text }, k) => (
                <li key={`${unit} ${k}`}>
                  {unit}: {text.split('; ')[0]}
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </dl>
    </div>
  )
}

/** How a figure of the whole plant came to be, and where to ask how sure it is. */
function Computed({ report, gap }: { readonly report: SourceReport; readonly gap: number }) {
  const assumed = report.said.filter(({ kind }) => kind === 'assumption').length
  return (
    <>
      <Fact name="Computed">
        by the balances of the whole plant, which close to {formatNumber(gap, 2)}
      </Fact>
      <Fact name="How sure">
        <a href={href('results', 'uncertainty')}>drawn from the errors of constants and assays</a>
      </Fact>
      <Fact name="Assumptions">
        <a href={href('sources', 'said')}>{assumed} in the plant file</a>
      </Fact>
    </>
  )
}
