import { memo } from 'react'
import { setParameter } from '../document/store.ts'
import type { PlantView } from '../engine/protocol.ts'
import { moveFeed } from './edit.ts'
import type { CircuitPlan } from './plan.ts'
import { SettingRow } from './SettingRow.tsx'
import { settingsOf } from './settings.ts'

interface Props {
  readonly plant: PlantView
  readonly plan: CircuitPlan
  /** Section under the cursor: the one that `[` and `]` change. */
  readonly section: string
  /** As it was saved. */
  readonly saved: PlantView | null
}

interface StepperProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly onStep: (to: number) => void
  readonly hint?: string
  /** Where it stood when saved. */
  readonly was?: number | undefined
}

function Stepper({ label, value, min, max, onStep, hint, was }: StepperProps) {
  return (
    <div className="circuit-stepper" role="group" aria-label={label}>
      <span>
        {label}
        {was !== undefined && was !== value && <em className="circuit-was">was {was}</em>}
      </span>
      {hint !== undefined && <kbd>{hint}</kbd>}
      <button
        type="button"
        className="parts-button"
        aria-label={`${label}: one less`}
        disabled={value <= min}
        onClick={() => onStep(value - 1)}
      >
        −
      </button>
      <output>{value}</output>
      <button
        type="button"
        className="parts-button"
        aria-label={`${label}: one more`}
        disabled={value >= max}
        onClick={() => onStep(value + 1)}
      >
        +
      </button>
    </div>
  )
}

/** Changes the stages of a section by one; nothing where the plant does not allow it. */
export function stepStages(plant: PlantView, plan: CircuitPlan, section: string, by: number): void {
  const found = plan.sections.find((s) => s.name === section)
  const path = `${plan.name}.sections[${found?.index ?? -1}].stages`
  const parameter = plant.parameters.find((p) => p.path === path)
  if (parameter === undefined) return
  const to = parameter.value + by
  if (to >= (parameter.min ?? 1) && to <= (parameter.max ?? to)) setParameter(path, String(to))
}

/** What of a circuit can be moved: stages, feed point, flows, acids, saponification. */
export const SettingsPanel = memo(function SettingsPanel({ plant, plan, section, saved }: Props) {
  const before = (path: string) => saved?.parameters.find((p) => p.path === path)
  return (
    <section className="circuit-settings" aria-label={`Settings of ${plan.name}`}>
      <h3>Stages</h3>
      {plan.sections.map(({ name, from, to, index }) => (
        <Stepper
          key={name}
          label={name}
          value={to - from + 1}
          min={1}
          max={1000}
          was={before(`${plan.name}.sections[${index}].stages`)?.value}
          onStep={(stages) => stepStages(plant, plan, name, stages - (to - from + 1))}
          {...(name === section ? { hint: '[ ]' } : {})}
        />
      ))}
      {plan.feeds.map((feed) => {
        const own = plan.sections.find((s) => s.name === feed.section)
        return (
          <Stepper
            key={feed.name}
            label={`${feed.name} enters ${feed.section}, stage`}
            value={feed.own}
            min={1}
            max={own === undefined ? feed.own : own.to - own.from + 1}
            onStep={(stage) => void moveFeed(plan.name, feed, stage)}
          />
        )
      })}
      <h3>Flows and acids</h3>
      {settingsOf(plant, plan).map((setting) => (
        <SettingRow
          key={setting.parameter.path}
          setting={setting}
          hours={plant.operatingHours}
          was={before(setting.parameter.path)?.text}
          onWrite={(parameter, written, gesture) => setParameter(parameter.path, written, gesture)}
        />
      ))}
    </section>
  )
})
