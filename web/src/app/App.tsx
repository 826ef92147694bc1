import { useWorkspace } from '../document/store.ts'
import { href, useRoute, type Page } from './router.ts'

const places: readonly (readonly [Page, string])[] = [
  ['plant', 'Plant'],
  ['circuits', 'Circuits'],
  ['results', 'Products'],
  ['workbench', 'Workbench'],
  ['sources', 'Sources'],
]

/** The whole page: rail, centre, inspector, dock. */
export function App() {
  const { page } = useRoute()
  const state = useWorkspace((w) => w.state)
  const title = useWorkspace((w) => w.plant?.title ?? w.file)
  return (
    <div className="app">
      <nav className="app-rail" aria-label="Pages">
        {places.map(([to, name]) => (
          <a key={to} href={href(to)} aria-current={to === page ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <main className="app-centre">
        <h1>{title}</h1>
        <p role="status">{state}</p>
      </main>
    </div>
  )
}
