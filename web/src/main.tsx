import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { engine } from './engine/client.ts'
import { openFirst } from './document/files.ts'
import { workOffline } from './offline/register.ts'
import './ui/tokens.css'
import './ui/controls.css'
import './app/app.css'

const root = document.querySelector('#root')
if (root === null) throw new Error('the page has no #root')
// The engine starts while the page and the plant are still on their way.
engine()
createRoot(root).render(<App />)
void openFirst()
workOffline()
