import { Icon, type IconName } from '../ui/Icon.tsx'
import { href, useRoute, type Page } from './router.ts'

const places: readonly { readonly page: Page; readonly name: string; readonly icon: IconName }[] = [
  { page: 'plant', name: 'Plant', icon: 'plant' },
  { page: 'circuits', name: 'Circuits', icon: 'circuits' },
  { page: 'results', name: 'Products', icon: 'results' },
  { page: 'money', name: 'Money', icon: 'money' },
  { page: 'ledger', name: 'Ledger', icon: 'ledger' },
  { page: 'workbench', name: 'Bench', icon: 'workbench' },
  { page: 'sources', name: 'Sources', icon: 'sources' },
]

/** The pages, one below the other at the left edge. */
export function Rail() {
  const { page } = useRoute()
  const isHere = (to: Page) => to === page || (to === 'circuits' && page === 'circuit')
  return (
    <nav className="app-rail" aria-label="Pages">
      {places.map(({ page: to, name, icon }) => (
        <a key={to} href={href(to)} aria-current={isHere(to) ? 'page' : undefined}>
          <Icon name={icon} />
          <span>{name}</span>
        </a>
      ))}
      <a
        className="app-rail-last"
        href={href('keys')}
        aria-current={isHere('keys') ? 'page' : undefined}
      >
        <Icon name="keys" />
        <span>Keys</span>
      </a>
    </nav>
  )
}
