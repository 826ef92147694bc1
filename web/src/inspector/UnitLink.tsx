import { href } from '../app/router.ts'

/** Leads from a port (`leach.out`) to its unit. */
export function UnitLink({ port }: { readonly port: string }) {
  const [unit = '', name = ''] = port.split('.')
  return (
    <>
      <a href={href('plant', '', { unit })}>{unit}</a>
      <span className="inspector-port">.{name}</span>
    </>
  )
}
