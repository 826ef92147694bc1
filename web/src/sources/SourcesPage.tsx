import { useEffect, useState } from 'react'
import type { Solution } from '../../../src/scenario/index.ts'
import { href, useRoute } from '../app/router.ts'
import { useWorkspace } from '../document/store.ts'
import type { SourcedNumber, SourceReport } from '../engine/tasks/sources.ts'
import { Area } from '../ui/Area.tsx'
import { Ask } from './Ask.tsx'
import { Numbers } from './Numbers.tsx'
import { Publication } from './Publication.tsx'
import { SetPanel } from './SetPanel.tsx'
import { numbersWith } from './source-of.ts'
import { useSources } from './use-sources.ts'
import './sources.css'

const sections = [
  ['sets', 'Extractant sets'],
  ['constants', 'Constants'],
  ['said', 'Assumptions and notes'],
  ['equilibria', 'Equilibria'],
  ['properties', 'Properties of substances'],
  ['elements', 'Atomic weights'],
  ['publications', 'Publications'],
  ['ask', 'Where from?'],
] as const
type Section = (typeof sections)[number][0]

const isSection = (name: string): name is Section => sections.some(([id]) => id === name)

/** Everything that the numbers of the plant rest on, and who says it. */
export function SourcesPage() {
  const { name } = useRoute()
  const report = useSources()
  const solution = useWorkspace((w) => w.solution)
  const state = useWorkspace((w) => w.state)
  const section = sectionOf(name, report)
  const target = isSection(name) ? '' : name
  const titled = sections.map(([id, title]) => [id, titleOf(id, title, report)] as const)
  useEffect(() => {
    if (target === '') return
    document.querySelector(`[id="set-${CSS.escape(target)}"]`)?.scrollIntoView()
  }, [target, report])
  return (
    <Area title="Sources" page="sources" sections={titled} section={section} className="sources">
      {report === undefined || solution === null ? (
        <p role="status">
          {state === 'solving'
            ? 'Solving the plant.'
            : 'The plant has no solution yet; its sources are shown with it.'}
        </p>
      ) : (
        <View section={section} target={target} report={report} solution={solution} />
      )}
    </Area>
  )
}

function titleOf(section: Section, title: string, report: SourceReport | undefined) {
  if (report === undefined || section === 'ask') return title
  return (
    <>
      {title} <span className="area-quiet">{countOf(section, report)}</span>
    </>
  )
}

/** The section that an address means: by its own name, by that of a set or of a constant. */
function sectionOf(name: string, report: SourceReport | undefined): Section {
  if (isSection(name)) return name
  return report?.constants.some((constant) => constant.name === name) === true
    ? 'constants'
    : 'sets'
}

function countOf(section: Exclude<Section, 'ask'>, report: SourceReport): number {
  if (section === 'publications') return Object.keys(report.publications).length
  return report[section].length
}

interface ViewProps {
  readonly section: Section
  /** The set or the constant that the address names; empty where it names none. */
  readonly target: string
  readonly report: SourceReport
  readonly solution: Solution
}

function View({ section, target, report, solution }: ViewProps) {
  switch (section) {
    case 'sets':
      return <Sets target={target} report={report} solution={solution} />
    case 'said':
      return <SaidList report={report} />
    case 'ask':
      return <Ask />
    case 'publications':
      return <Publications report={report} />
    default:
      return (
        <NumberList
          key={`${section} ${target}`}
          section={section}
          numbers={report[section]}
          target={target}
          report={report}
        />
      )
  }
}

function Sets({
  target,
  report,
  solution,
}: {
  readonly target: string
  readonly report: SourceReport
  readonly solution: Solution
}) {
  if (report.sets.length === 0) {
    return <p>The plant has no extraction circuit, so it uses no extractant set.</p>
  }
  return (
    <>
      {report.sets.map((set) => (
        <SetPanel
          key={set.id}
          set={set}
          report={report}
          warnings={solution.warnings.filter(
            ({ code, text }) => code === 'outside-validity' && text.includes(` of ${set.id} `),
          )}
          isOpen={set.id === target || report.sets.length === 1}
        />
      ))}
    </>
  )
}

const abouts = {
  constants: 'Constants of processes that units of this plant asked for when it was solved.',
  equilibria:
    'Equilibria among what the liquors of this plant hold, at 25 degC and no ionic strength.',
  properties: 'Properties of the substances that some line of this plant carries.',
  elements: 'Atomic weights: everything in mass rests on them.',
} as const

function NumberList({
  section,
  numbers,
  target,
  report,
}: {
  readonly section: keyof typeof abouts
  readonly numbers: readonly SourcedNumber[]
  /** What is searched for at first. */
  readonly target: string
  readonly report: SourceReport
}) {
  const [words, setWords] = useState(target)
  const found = numbersWith(numbers, words, report)
  return (
    <>
      <p className="area-line">{abouts[section]}</p>
      <label className="sources-search">
        <span>Search</span>
        <input
          type="search"
          value={words}
          placeholder="name, method, source or unit"
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      {found.length === 0 ? (
        <p>
          Nothing has these words.{' '}
          <button type="button" onClick={() => setWords('')}>
            Show all
          </button>
        </p>
      ) : (
        <Numbers
          numbers={found}
          report={report}
          label={abouts[section]}
          withUnits={section === 'constants'}
        />
      )}
    </>
  )
}

const kinds = { note: 'note', source: 'source', assumption: 'assumption' } as const

function SaidList({ report }: { readonly report: SourceReport }) {
  if (report.said.length === 0) {
    return <p>The plant file carries no source, assumption or note.</p>
  }
  return (
    <div className="area-scroll" tabIndex={0} role="region" aria-label="What the plant file says">
      <table className="table table-words">
        <thead>
          <tr>
            <th scope="col">said of</th>
            <th scope="col">as</th>
            <th scope="col">in these words</th>
          </tr>
        </thead>
        <tbody>
          {report.said.map(({ kind, at, text }, k) => (
            <tr key={`${at} ${k}`}>
              <th scope="row">
                <a href={href('plant', '', { unit: at.split(/[.[]/)[0] ?? at })}>{at}</a>
              </th>
              <td>{kinds[kind]}</td>
              <td className="table-long">{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Publications({ report }: { readonly report: SourceReport }) {
  return (
    <dl className="sources-facts">
      {Object.keys(report.publications)
        .sort()
        .map((id) => (
          <div key={id}>
            <dt>{id}</dt>
            <dd>
              <Publication id={id} report={report} />
            </dd>
          </div>
        ))}
    </dl>
  )
}
