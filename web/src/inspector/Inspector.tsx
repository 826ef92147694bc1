import { toggleInspector } from '../app/layout.ts'
import { select, useWorkspace } from '../document/store.ts'
import { Icon } from '../ui/Icon.tsx'
import { PlantInspector } from './PlantInspector.tsx'
import { StreamInspector } from './StreamInspector.tsx'
import { UnitInspector } from './UnitInspector.tsx'
import './inspector.css'

/** What is known of the thing that is selected; of the plant where nothing is. */
export function Inspector() {
  const selected = useWorkspace((w) => w.selected)
  const plant = useWorkspace((w) => w.plant)
  const unit =
    selected?.kind === 'unit' ? plant?.units.find((u) => u.name === selected.name) : undefined
  const stream =
    selected?.kind === 'stream' ? plant?.streams.find((s) => s.name === selected.name) : undefined
  return (
    <aside className="inspector" aria-label="Inspector">
      <div className="inspector-bar">
        <h2>{unit?.name ?? stream?.name ?? 'Plant'}</h2>
        {selected === null ? null : (
          <button type="button" className="button-quiet" onClick={() => select(null)}>
            Plant
          </button>
        )}
        <button
          type="button"
          className="button-quiet"
          aria-label="Close the inspector"
          onClick={toggleInspector}
        >
          <Icon name="close" />
        </button>
      </div>
      {plant === null ? <p className="app-empty">Nothing has been read yet.</p> : null}
      {plant !== null && unit !== undefined ? <UnitInspector plant={plant} unit={unit} /> : null}
      {plant !== null && stream !== undefined ? <StreamInspector stream={stream} /> : null}
      {plant !== null && unit === undefined && stream === undefined ? (
        <PlantInspector plant={plant} />
      ) : null}
    </aside>
  )
}
