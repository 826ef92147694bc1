import { engine } from './engine/client.ts'

// The engine starts while the page and the plant are still on their way.
engine()
void import('./page.tsx').then(({ open }) => open())
