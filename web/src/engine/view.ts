import { portsOf, reagentKind } from '../../../src/flowsheet/ports.ts'
import type { Port } from '../../../src/flowsheet/unit-op.ts'
import type { PlantDocument, PlantUnit } from '../../../src/scenario/plant.ts'
import type { Solution } from '../../../src/scenario/solution.ts'
import { parametersOf, shown, type Parameter } from '../../../src/scenario/study/parameters.ts'
import { unitsOf } from '../../../src/quantities/index.ts'
import type { Databank } from '../../../src/databank/index.ts'
import type { TreeNode } from '../../../src/scenario/yaml-tree.ts'
import { labelOf } from './labels.ts'
import type { ParameterView, PlantView, PortView, StreamView, UnitView } from './protocol.ts'
import { textPathOf, writtenAt } from './written.ts'

/** All that the page knows of a plant, from the plant, its text as a tree, and its solution. */
export function viewOf(
  plant: PlantDocument,
  tree: TreeNode,
  solution: Solution,
  bank: Databank,
): PlantView {
  return {
    title: plant.title,
    notes: plant.notes,
    operatingHours: plant.operatingHours,
    hash: plant.hash,
    units: plant.units.map(unitView),
    streams: streamViews(plant, solution),
    parameters: parametersOf(plant, bank).flatMap((parameter) =>
      parameter.place.of === 'set' ? [] : [parameterView(parameter, plant, tree)],
    ),
  }
}

/** A unit as the page shows it. */
export function unitView(unit: PlantUnit): UnitView {
  const { name, op, params, at } = unit
  const ports = portsOf({ name, op, params })
  const sections = sectionsOf(params['sections'])
  return {
    name,
    kind: op.kind,
    title: op.title,
    about: op.about,
    group: op.group,
    symbol: op.symbol,
    line: at.line,
    inlets: ports.inlets.map(portView),
    outlets: ports.outlets.map(portView),
    ...(sections === undefined ? {} : { sections }),
    role: roleOf(op.kind, ports.inlets.length, ports.outlets.length),
  }
}

const portView = ({ name, phase, about }: Port): PortView => ({ name, phase, about })

function roleOf(kind: string, inlets: number, outlets: number): UnitView['role'] {
  if (kind === reagentKind) return 'reagent'
  if (kind === 'product') return 'product'
  if (inlets === 0) return 'feed'
  return outlets === 0 ? 'end' : 'unit'
}

/** Name and stages of the sections of a circuit; undefined for every other unit. */
function sectionsOf(given: unknown): UnitView['sections'] {
  if (!Array.isArray(given)) return undefined
  const sections = given.flatMap((section: unknown) => {
    if (typeof section !== 'object' || section === null) return []
    const own = new Map<string, unknown>(Object.entries(section))
    const [name, stages] = [own.get('name') ?? own.get('type'), own.get('stages')]
    return typeof name === 'string' && typeof stages === 'number' ? [{ name, stages }] : []
  })
  return sections.length === given.length && sections.length > 0 ? sections : undefined
}

function streamViews(plant: PlantDocument, { solver }: Solution): readonly StreamView[] {
  const tears = new Set(solver.tears)
  return plant.streams.map(({ name, from, to, at }) => ({
    name,
    from: `${from.unit}.${from.port}`,
    to: `${to.unit}.${to.port}`,
    line: at.line,
    recycle: tears.has(name),
  }))
}

function parameterView(parameter: Parameter, plant: PlantDocument, tree: TreeNode): ParameterView {
  const { path, about, value, dimension, unit: shownIn, min, max, whole, deviation } = parameter
  const textPath = textPathOf(parameter)
  const node = textPath === undefined ? undefined : writtenAt(tree, textPath)
  const { place, money } = parameter
  const unit = place.of === 'unit' ? place.unit : place.of === 'economics' ? place.of : ''
  return {
    path,
    textPath: textPath ?? [],
    ...(node === undefined ? {} : { range: node.range }),
    unit,
    label: labelOf(parameter, plant),
    about,
    value,
    text: node?.text.trim() ?? shown(value, parameter, plant),
    isDefault: node === undefined,
    ...(dimension === undefined ? {} : { dimension }),
    accepted: dimension === undefined ? [] : unitsOf(dimension),
    ...(money === undefined ? {} : { money }),
    shownIn,
    min: Number.isFinite(min) ? min : null,
    max: Number.isFinite(max) ? max : null,
    whole,
    ...(deviation === undefined ? {} : { deviation }),
    notes: plant.annotations
      .filter(({ at }) => path === at || path.startsWith(`${at}.`) || path.startsWith(`${at}[`))
      .map(({ key, text }) => ({ kind: key, text })),
  }
}
