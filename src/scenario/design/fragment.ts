import { formatNumber, formatQuantity } from '../../quantities/index.ts'
import type { DesignDocument } from './document.ts'
import type { Setting } from './rig.ts'

/** Where a circuit stands in a plant and how its units are called. */
export interface CircuitShape {
  /** `sx1` */
  readonly name: string
  /** Ends the names of the circuit's own reagents: empty for the first. */
  readonly suffix: string
  readonly acid: 'HCl' | 'HNO3'
}

/** A measure that a circuit is held at or judged by, as its `hold` and `limits` have it. */
export interface Requirement {
  readonly measure: 'purity' | 'recovery'
  readonly elements: readonly string[]
  readonly outlet: string
  readonly atLeast: number
}

/** What goes into the text of one circuit. */
export interface CircuitText {
  readonly shape: CircuitShape
  readonly setting: Setting
  /** Said in a comment at the circuit. */
  readonly about: string
  readonly hold?: Requirement
  readonly limits: readonly Requirement[]
}

/** Any setting: a rig replaces it before anything is solved. */
export const nominal: Setting = {
  extraction: 8,
  scrub: 8,
  strip: 4,
  organicFlow: 1e-4,
  saponification: 0.2,
  scrubFlow: 1e-5,
  scrubAcid: 1000,
  stripFlow: 1e-5,
  stripAcid: 4000,
}

/** Digits of flows in a fragment: more than a flow meter has, few enough to read. */
const digits = 5
const quote = (text: string) => JSON.stringify(text)
const flow = (value: number) => formatQuantity(value, 'volume-flow', 'L/h', digits)
const molar = (value: number) => formatQuantity(value, 'concentration', 'mol/L', digits)
const written = (value: number) => formatNumber(value, 12)

/** A setting as the text of a fragment holds it: rounded, so that both give the same numbers. */
export function rounded(setting: Setting): Setting {
  const round = (value: number, unit: number) => Number((value * unit).toPrecision(digits)) / unit
  const litres = 3.6e6
  return {
    ...setting,
    organicFlow: round(setting.organicFlow, litres),
    scrubFlow: round(setting.scrubFlow, litres),
    stripFlow: round(setting.stripFlow, litres),
    saponification: round(setting.saponification, 1),
    scrubAcid: round(setting.scrubAcid, 1),
    stripAcid: round(setting.stripAcid, 1),
  }
}

function requirementText(key: string, { measure, elements, outlet, atLeast }: Requirement): string {
  const list = `[${elements.join(', ')}]`
  return `measure: ${measure}, elements: ${list}, outlet: ${outlet}, ${key}: ${written(atLeast)} }`
}

/** The lines of a circuit unit. */
export function circuitLines(design: DesignDocument, circuit: CircuitText): string[] {
  const { shape, setting, hold, limits } = circuit
  const assumed = Object.entries(design.assumedD).map(([e, D]) => `${e}: ${written(D)}`)
  return [
    `  ${shape.name}:  # ${circuit.about}`,
    '    type: sx-circuit',
    `    extractant: ${design.extractant}`,
    `    concentration: ${molar(design.molarity)}`,
    `    organicFlow: ${flow(setting.organicFlow)}`,
    `    saponification: ${formatNumber(setting.saponification, digits)}`,
    `    base: ${design.base}`,
    '    sections:',
    `      - { name: extraction, type: extraction, stages: ${setting.extraction} }`,
    `      - { name: scrub, type: scrub, stages: ${setting.scrub}, flow: ${flow(setting.scrubFlow)} }`,
    `      - { name: strip, type: strip, stages: ${setting.strip}, flow: ${flow(setting.stripFlow)} }`,
    ...(assumed.length === 0 ? [] : [`    assumedD: { ${assumed.join(', ')} }`]),
    ...(hold === undefined
      ? []
      : [`    hold: { vary: organicFlow, ${requirementText('target', hold)}`]),
    ...(limits.length === 0
      ? []
      : ['    limits:', ...limits.map((l) => `      - { ${requirementText('atLeast', l)}`)]),
  ]
}

const reagentLine = (name: string, acid: string, molarity: number) =>
  `  ${name}: { type: reagent, concentration: { ${acid}: ${molar(molarity)} } }`

/** The reagents of one circuit. */
const acidLines = ({ shape, setting }: CircuitText): string[] => [
  reagentLine(`scrub-acid${shape.suffix}`, shape.acid, setting.scrubAcid),
  reagentLine(`strip-acid${shape.suffix}`, shape.acid, setting.stripAcid),
]

/** What every plant of a design begins with. */
export function headLines(design: DesignDocument, circuits: readonly CircuitText[]): string[] {
  const salts = Object.entries(design.feed.concentration)
    .filter(([, amount]) => amount > 0)
    .map(
      ([name, amount]) => `${quote(name)}: ${formatQuantity(amount, 'concentration', 'mol/L', 12)}`,
    )
  const caustic = design.base === 'Na' ? 'NaOH: 30 %' : 'NH3: 20 %'
  const own = design.extractants.map(({ name, path }) => `${name}: ${quote(path)}`)
  return [
    'schema: didymium/plant@1',
    `title: ${quote(design.title)}`,
    `operatingHours: ${written(design.operatingHours)} h/y`,
    ...(own.length === 0 ? [] : [`extractants: { ${own.join(', ')} }`]),
    'units:',
    '  liquor:',
    '    type: liquor',
    `    flow: ${formatQuantity(design.feed.flow, 'volume-flow', 'L/h', 12)}`,
    `    concentration: { ${salts.join(', ')} }`,
    ...circuits.flatMap(acidLines),
    `  caustic: { type: reagent, species: { ${caustic} } }`,
    '  brine: { type: discharge }',
  ]
}

/** The lines that serve a circuit with reagents. */
export const reagentStreams = ({ shape: { name, suffix } }: CircuitText): string[] => [
  `  ${name}-scrub: scrub-acid${suffix}.out -> ${name}.scrub`,
  `  ${name}-strip: strip-acid${suffix}.out -> ${name}.strip`,
  `  ${name}-base: caustic.out -> ${name}.base`,
  `  ${name}-brine: ${name}.saponification-liquor -> brine.in`,
]

/** A product unit; its specification is that of the design. */
export function productLine(
  name: string,
  elements: readonly string[],
  purity: number | undefined,
): string {
  const wanted = purity === undefined ? '' : `, specification: { reoOfTreo: ${written(purity)} }`
  return `  ${name}: { type: product, elements: [${elements.join(', ')}]${wanted} }`
}

/** A plant of one circuit between a liquor and two products. */
export function plantOfOne(
  design: DesignDocument,
  circuit: CircuitText,
  products: readonly { name: string; elements: readonly string[]; purity?: number; from: string }[],
): string {
  const { name } = circuit.shape
  return `${[
    ...headLines(design, [circuit]),
    ...circuitLines(design, circuit),
    ...products.map((p) => productLine(p.name, p.elements, p.purity)),
    'streams:',
    `  feed: liquor.out -> ${name}.feed`,
    ...reagentStreams(circuit),
    ...products.map((p) => `  ${p.name}-liquor: ${name}.${p.from} -> ${p.name}.in`),
  ].join('\n')}\n`
}
