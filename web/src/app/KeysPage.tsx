import { keys } from './keys.ts'

/** Every key, and what it does. */
export function KeysPage() {
  return (
    <div className="app-page">
      <h2>Keys</h2>
      <p>On a Mac, Cmd stands for Ctrl.</p>
      <dl className="app-keys">
        {keys.map(({ keys: written, does }) => (
          <div key={written}>
            <dt>
              <kbd>{written}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
