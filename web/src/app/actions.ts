import { download, openFile, save, say, share } from '../document/files.ts'
import { dropBaseline, pinBaseline, redo, undo, workspace } from '../document/store.ts'
import { setTheme, toggleDock, toggleInspector } from './layout.ts'

export interface Action {
  readonly name: string
  readonly keys?: string
  readonly act: () => void
}

/** Asks the person for a file of their disk, and opens it. */
export function chooseFile(): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.yaml,.yml,application/yaml'
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    if (file !== undefined) void openFile(file)
  })
  input.click()
}

/** Keeps the present results to compare with, under the name of the file and the time. */
export function pin(): void {
  const time = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  pinBaseline(`baseline of ${time}`)
  if (workspace().baseline !== null) say('Pinned: results now show their change since this moment.')
}

/** What the command palette can do, beside going somewhere. */
export const actions: readonly Action[] = [
  { name: 'Open a plant file', act: chooseFile },
  { name: 'Save', keys: 'Ctrl S', act: () => void save() },
  { name: 'Download the plant file', act: download },
  { name: 'Copy a link that carries the plant', act: () => void share() },
  { name: 'Undo', keys: 'Ctrl Z', act: undo },
  { name: 'Redo', keys: 'Ctrl Shift Z', act: redo },
  { name: 'Pin the present results as baseline', act: pin },
  { name: 'Let go of the baseline', act: dropBaseline },
  { name: 'Show the text of the plant', keys: 'Ctrl E', act: () => toggleDock('text') },
  { name: 'Show the stream table', act: () => toggleDock('streams') },
  { name: 'Show the balances', act: () => toggleDock('balances') },
  { name: 'Show the warnings', act: () => toggleDock('warnings') },
  {
    name: 'Show or hide the inspector',
    keys: 'Ctrl I',
    act: toggleInspector,
  },
  { name: 'Light colours', act: () => setTheme('light') },
  { name: 'Dark colours', act: () => setTheme('dark') },
  { name: 'Colours of the system', act: () => setTheme('system') },
  { name: 'Print', act: () => window.print() },
]
