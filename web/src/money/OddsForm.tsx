import type { OddsWish } from './odds.ts'

interface FormProps {
  readonly wish: OddsWish
  /** What the plant may be laid beside, on the same draws. */
  readonly others: readonly (readonly [id: string, name: string])[]
  readonly onChange: (next: Partial<OddsWish>) => void
}

/** How many draws, of what, and what is counted. */
export function OddsForm({ wish, others, onChange }: FormProps) {
  return (
    <div className="studies-form">
      <Draws wish={wish} others={others} onChange={onChange} />
      <label className="studies-field">
        <span>Uncertainties beside those of the plant file, one a line: PATH=x 0.8..1.3</span>
        <textarea
          rows={4}
          spellCheck={false}
          value={wish.inputs}
          placeholder="economics.sales.products.*.price=x 0.7..1.4"
          onChange={(event) => onChange({ inputs: event.target.value })}
        />
      </label>
      <label className="studies-field">
        <span>Conditions whose odds are counted, one a line</span>
        <textarea
          rows={4}
          spellCheck={false}
          value={wish.requirements}
          onChange={(event) => onChange({ requirements: event.target.value })}
        />
      </label>
    </div>
  )
}

function Draws({ wish, others, onChange }: FormProps) {
  return (
    <div className="studies-rows">
      <div className="studies-row">
        <label className="studies-field">
          <span>Draws</span>
          <input
            type="number"
            min={10}
            max={10_000}
            step={10}
            value={wish.draws}
            onChange={(event) => onChange({ draws: event.target.valueAsNumber })}
          />
        </label>
        <label className="studies-field">
          <span>Seed</span>
          <input
            type="number"
            min={0}
            step={1}
            value={wish.seed}
            onChange={(event) => onChange({ seed: event.target.valueAsNumber })}
          />
        </label>
      </div>
      <label className="studies-field">
        <span>Design</span>
        <select
          value={wish.design}
          onChange={(event) => onChange({ design: event.target.value as OddsWish['design'] })}
        >
          <option value="lhs">Latin hypercube</option>
          <option value="sobol">Sobol sequence</option>
          <option value="saltelli">Saltelli, for Sobol indices</option>
        </select>
      </label>
      {others.length === 0 ? null : (
        <label className="studies-field">
          <span>On the same draws beside</span>
          <select
            value={wish.against}
            onChange={(event) => onChange({ against: event.target.value })}
          >
            <option value="">nothing</option>
            {others.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  )
}
