import { useAnnounced } from '../document/announced.ts'
import { download, openStored, save, share, unsay, useFiles } from '../document/files.ts'
import { dropBaseline, redo, undo, useWorkspace } from '../document/store.ts'
import { Icon } from '../ui/Icon.tsx'
import { Menu } from '../ui/Menu.tsx'
import { chooseFile, pin } from './actions.ts'
import { setLayout, setTheme, toggleInspector, useInspector, useLayout } from './layout.ts'

/** Above the page: which plant, how it stands, and what can be done with it. */
export function TopBar() {
  return (
    <header className="app-top">
      <FileMenu />
      <Title />
      <Status />
      <span className="app-top-space" />
      <Message />
      <UndoRedo />
      <button
        type="button"
        className="button-quiet app-find"
        onClick={() => setLayout({ palette: 'all' })}
        title="Find or do (Ctrl K)"
        aria-keyshortcuts="Control+K"
      >
        <Icon name="search" />
        <span>Find or do</span>
        <kbd>Ctrl K</kbd>
      </button>
      <ThemeMenu />
      <InspectorButton />
    </header>
  )
}

function Title() {
  const title = useWorkspace((w) => w.plant?.title ?? w.file)
  const isChanged = useWorkspace((w) => w.saved !== null && w.saved.text !== w.text)
  return (
    <h1 className="app-title">
      {title === '' ? 'Didymium' : title}
      {isChanged ? <span className="app-changed"> · not saved</span> : null}
    </h1>
  )
}

const words = {
  solving: 'solving',
  solved: 'solved',
  infeasible: 'no solution',
  refused: 'text refused',
} as const

function Status() {
  const state = useAnnounced()
  const isOpen = useWorkspace((w) => w.file !== '')
  const took = useWorkspace((w) => w.took)
  const isOnline = useFiles((f) => f.isOnline)
  const time = took === null ? '' : `solved in ${Math.round(took.solve)} ms`
  return (
    <>
      {isOpen ? (
        <span className="app-status" data-state={state} title={time}>
          {words[state]}
        </span>
      ) : null}
      {isOnline ? null : (
        <span className="app-status" data-state="offline" title="Saving needs the server.">
          no server
        </span>
      )}
    </>
  )
}

/** What was just done, said once and to screen readers as well. */
function Message() {
  const message = useFiles((f) => f.message)
  return (
    <div className="app-message" role="status">
      {message === null ? null : (
        <>
          <span data-trouble={message.isTrouble}>{message.text}</span>
          <button
            type="button"
            className="button-quiet"
            aria-label="Close the message"
            onClick={unsay}
          >
            <Icon name="close" />
          </button>
        </>
      )}
    </div>
  )
}

function UndoRedo() {
  const canUndo = useWorkspace((w) => w.history.done.length > 0)
  const canRedo = useWorkspace((w) => w.history.undone.length > 0)
  return (
    <>
      <button
        type="button"
        className="button-quiet"
        aria-label="Undo"
        title="Undo (Ctrl Z)"
        disabled={!canUndo}
        onClick={undo}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        className="button-quiet"
        aria-label="Redo"
        title="Redo (Ctrl Shift Z)"
        disabled={!canRedo}
        onClick={redo}
      >
        <Icon name="redo" />
      </button>
    </>
  )
}

function FileMenu() {
  const file = useWorkspace((w) => w.file)
  const baseline = useWorkspace((w) => w.baseline)
  const plants = useFiles((f) => f.plants)
  const isOnline = useFiles((f) => f.isOnline)
  const isOpen = file !== ''
  return (
    <Menu name="File" icon={<Icon name="menu" />}>
      <button type="button" onClick={chooseFile}>
        Open a file …
      </button>
      <button type="button" disabled={!isOpen || !isOnline} onClick={() => void save()}>
        Save <kbd>Ctrl S</kbd>
      </button>
      <button type="button" disabled={!isOpen} onClick={download}>
        Download
      </button>
      <button type="button" disabled={!isOpen} onClick={() => void share()}>
        Copy a link that carries the plant
      </button>
      <button type="button" disabled={!isOpen} onClick={() => window.print()}>
        Print
      </button>
      <hr />
      <PinButton />
      {baseline === null ? null : (
        <button type="button" onClick={dropBaseline}>
          Let go of {baseline.name}
        </button>
      )}
      {plants.length === 0 ? null : <hr />}
      {plants.map(({ name, title }) => (
        <button
          key={name}
          type="button"
          aria-current={name === file ? 'true' : undefined}
          onClick={() => void openStored(name)}
        >
          {title === '' ? name : title}
        </button>
      ))}
    </Menu>
  )
}

function PinButton() {
  const canPin = useWorkspace((w) => w.state === 'solved')
  return (
    <button type="button" disabled={!canPin} onClick={pin}>
      Pin as baseline
    </button>
  )
}

function ThemeMenu() {
  const theme = useLayout((l) => l.theme)
  const choices = [
    ['light', 'Light'],
    ['dark', 'Dark'],
    ['system', 'As the system'],
  ] as const
  return (
    <Menu name="Colours" icon={<Icon name="theme" />}>
      {choices.map(([id, name]) => (
        <button key={id} type="button" aria-pressed={theme === id} onClick={() => setTheme(id)}>
          {name}
        </button>
      ))}
    </Menu>
  )
}

function InspectorButton() {
  const isOpen = useInspector()
  return (
    <button
      type="button"
      className="button-quiet"
      aria-label="Inspector"
      title="Inspector (Ctrl I)"
      aria-pressed={isOpen}
      onClick={toggleInspector}
    >
      <Icon name="panel" />
    </button>
  )
}
