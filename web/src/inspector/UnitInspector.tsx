import { useState } from 'react'
import { href } from '../app/router.ts'
import { useWorkspace } from '../document/store.ts'
import type { PlantView, UnitView } from '../engine/protocol.ts'
import { Tabs, type Tab } from '../ui/Tabs.tsx'
import { Equipment, Sources, UnitWarnings } from './about-unit.tsx'
import { Effects } from './Effects.tsx'
import { Parameters } from './Parameters.tsx'
import { UnitResults } from './UnitResults.tsx'

type Shown = 'parameters' | 'results' | 'equipment' | 'warnings' | 'sources'

interface UnitInspectorProps {
  readonly plant: PlantView
  readonly unit: UnitView
}

/** A unit: what it is told, what it does, what it is made of, what to mind, who says so. */
export function UnitInspector({ plant, unit }: UnitInspectorProps) {
  const [chosen, choose] = useState<Shown>('parameters')
  const warnings = useWorkspace((w) => w.solution?.warnings)
  const own = warnings?.filter((warning) => warning.unit === unit.name) ?? []
  const tabs: readonly Tab<Shown>[] = [
    { id: 'parameters', title: 'Inputs' },
    { id: 'results', title: 'Results' },
    { id: 'equipment', title: 'Equipment' },
    { id: 'warnings', title: 'Warnings', count: own.length },
    { id: 'sources', title: 'Sources' },
  ]
  return (
    <>
      <p className="inspector-about inspector-title">
        {unit.title}
        {unit.sections === undefined ? null : (
          <>
            {' · '}
            <a href={href('circuit', unit.name, { unit: unit.name })}>open the circuit</a>
          </>
        )}
      </p>
      <div className="inspector-tabs">
        <Tabs label={`About ${unit.name}`} tabs={tabs} chosen={chosen} onChoose={choose}>
          <div className="inspector-body">
            {chosen === 'parameters' ? (
              <Parameters key={unit.name} plant={plant} unit={unit} />
            ) : null}
            {chosen === 'results' ? <UnitResults plant={plant} unit={unit} /> : null}
            {chosen === 'equipment' ? <Equipment unit={unit} /> : null}
            {chosen === 'warnings' ? <UnitWarnings warnings={own} /> : null}
            {chosen === 'sources' ? <Sources plant={plant} unit={unit} /> : null}
          </div>
        </Tabs>
      </div>
      <Effects />
    </>
  )
}
