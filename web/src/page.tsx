import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { openFirst } from './document/files.ts'
import { workOffline } from './offline/register.ts'
import './ui/tokens.css'
import './ui/controls.css'
import './app/app.css'

/** Shows the page, and the first plant on it. */
export function open(): void {
  const root = document.querySelector('#root')
  if (root === null) throw new Error('the page has no #root')
  createRoot(root).render(<App />)
  void openFirst()
  workOffline()
}
