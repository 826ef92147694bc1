import { currentRoute, navigate, withQuery } from './router.ts'
import { select } from '../document/store.ts'
import { store } from '../document/state.ts'

/** Keeps what is selected and the address the same thing, so that every selection is a link. */
export function linkSelection(): () => void {
  const read = () => {
    const { query } = currentRoute()
    const [unit, stream] = [query.get('unit'), query.get('stream')]
    if (unit !== null) select({ kind: 'unit', name: unit })
    else if (stream !== null) select({ kind: 'stream', name: stream })
  }
  const write = () => {
    const { selected, file } = store.getState()
    if (file === '') return
    const unit = selected?.kind === 'unit' ? selected.name : null
    const stream = selected?.kind === 'stream' ? selected.name : null
    navigate(withQuery({ unit, stream }), true)
  }
  let opened = store.getState().file
  const stop = store.subscribe((now, before) => {
    if (now.file !== opened) {
      // What the address names is selected in the plant that it opens.
      opened = now.file
      read()
    } else if (now.selected !== before.selected) write()
  })
  window.addEventListener('hashchange', read)
  return () => {
    stop()
    window.removeEventListener('hashchange', read)
  }
}
