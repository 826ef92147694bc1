import { elementColour } from '../../../src/draw/palette.ts'
import type { SolvedStage } from '../../../src/scenario/index.ts'
import { formatNumber, formatPercent, formatWithUnit } from '../ui/format.ts'

interface Props {
  readonly stage: SolvedStage
  readonly elements: readonly string[]
}

const litresPerHour = 3.6e6

/** A concentration as it is read: what cannot be measured is said to be less. */
const molar = (value: number) => (value > 0 && value < 1e-9 ? '< 1e−9' : formatNumber(value, 4))

/** Everything about one stage, all series at once. */
export function StageReadout({ stage, elements }: Props) {
  const facts: readonly (readonly [string, string])[] = [
    ['pH', formatNumber(stage.pH, 4)],
    ['loading', formatPercent(stage.loading)],
    ['free extractant', formatWithUnit(stage.freeExtractant, 'mol/L')],
    ['aqueous', formatWithUnit(litresPerHour * stage.aqueousFlow, 'L/h')],
    ['organic', formatWithUnit(litresPerHour * stage.organicFlow, 'L/h')],
    ['O:A', formatNumber(stage.organicFlow / stage.aqueousFlow)],
  ]
  return (
    <section className="circuit-readout" aria-label={`Stage ${stage.index}`}>
      <h3>
        Stage {stage.index} <span className="circuit-quiet">{stage.section}</span>
      </h3>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <table>
        <thead>
          <tr>
            <th scope="col">mol/L</th>
            <th scope="col">aqueous</th>
            <th scope="col">organic</th>
            <th scope="col">D</th>
          </tr>
        </thead>
        <tbody>
          {elements.map((el) => (
            <tr key={el}>
              <th scope="row">
                <span
                  className="parts-swatch parts-swatch-full"
                  style={{ '--chart-colour': elementColour(el) } as React.CSSProperties}
                />
                {el}
              </th>
              <td title={String(stage.aqueous[el] ?? 0)}>{molar(stage.aqueous[el] ?? 0)}</td>
              <td title={String(stage.organic[el] ?? 0)}>{molar(stage.organic[el] ?? 0)}</td>
              <td title={String(stage.D[el] ?? 0)}>{formatNumber(stage.D[el] ?? 0, 3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
