import { href } from '../app/router.ts'

/** Leads to a unit on the flowsheet. */
export function UnitLink({ unit, text = unit }: { readonly unit: string; readonly text?: string }) {
  return <a href={href('plant', '', { unit })}>{text}</a>
}

/** Leads to a line on the flowsheet. */
export function StreamLink({ stream }: { readonly stream: string }) {
  return <a href={href('plant', '', { stream })}>{stream}</a>
}

/** Leads to a stage of an opened circuit. */
export function StageLink({ unit, stage }: { readonly unit: string; readonly stage: number }) {
  return <a href={href('circuit', unit, { stage: `${stage}` })}>{`stage ${stage}`}</a>
}

/** Leads to what a result or a parameter rests on. */
export function FromLink({
  path,
  text = 'where from',
}: {
  readonly path: string
  readonly text?: string
}) {
  return <a href={href('sources', 'ask', { path })}>{text}</a>
}

/** Leads to a data set among the sources. */
export function SourceLink({ id, text = id }: { readonly id: string; readonly text?: string }) {
  return <a href={href('sources', id)}>{text}</a>
}
