import { useEffect, useState } from 'react'
import { navigate, useRoute, withQuery } from '../app/router.ts'
import { useWorkspace } from '../document/store.ts'
import { engine } from '../engine/client.ts'
import type { tasks, WorkbenchChoices } from '../engine/tasks/workbench.ts'
import { Tabs } from '../ui/Tabs.tsx'
import '../circuit/circuit.css'
import { DesignView } from './DesignView.tsx'
import { FitView } from './FitView.tsx'
import './workbench.css'

const pages = [
  { id: 'fit', title: 'Fit shake-out tests' },
  { id: 'design', title: 'Design a split' },
] as const

type Page = (typeof pages)[number]['id']

/** The address says which tab is open, so that each is a link. */
const showTab = (tab: Page) => navigate(withQuery({ tab: tab === 'fit' ? null : tab }), true)

/** What the forms choose from, asked for once. */
function useChoices(): WorkbenchChoices | undefined {
  const [choices, setChoices] = useState<WorkbenchChoices>()
  useEffect(() => {
    let isWanted = true
    void engine()
      .tasks<typeof tasks>('workbench')
      .choices({})
      .then((found) => {
        if (isWanted) setChoices(found)
      })
    return () => {
      isWanted = false
    }
  }, [])
  return choices
}

/** From laboratory tests to constants, and from a split that is wanted to a circuit. */
export function WorkbenchPage() {
  const { query } = useRoute()
  const tab = pages.find(({ id }) => id === query.get('tab'))?.id ?? 'fit'
  const plant = useWorkspace((w) => w.plant)
  const choices = useChoices()
  return (
    <div className="circuit workbench">
      <header className="circuit-head">
        <h2>Workbench</h2>
      </header>
      <Tabs label="Workbench" tabs={pages} chosen={tab} onChoose={showTab}>
        {choices === undefined ? (
          <p className="circuit-empty">The engine is starting.</p>
        ) : tab === 'fit' ? (
          <FitView choices={choices} plant={plant} />
        ) : (
          <DesignView choices={choices} />
        )}
      </Tabs>
    </div>
  )
}
