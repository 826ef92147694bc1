import { useState } from 'react'
import type { WorkbenchChoices } from '../engine/tasks/workbench.ts'
import { ChoiceField, TextField } from './Field.tsx'

export type DesignPath = readonly string[]

interface Props {
  readonly choices: WorkbenchChoices
  /** The design file as plain records of texts. */
  readonly tree: unknown
  readonly onWrite: (path: DesignPath, written: string) => void
}

/** What a tree of texts has at a path; blank where it has no text there. */
function textAt(tree: unknown, path: DesignPath): string {
  let node = tree
  for (const key of path) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return ''
    node = Reflect.get(node, key)
  }
  if (Array.isArray(node)) return node.map(String).join(', ')
  return typeof node === 'string' ? node : ''
}

/** Keys of the map at a path, without remarks. */
function keysAt(tree: unknown, path: DesignPath): readonly string[] {
  let node = tree
  for (const key of path) {
    if (typeof node !== 'object' || node === null) return []
    node = Reflect.get(node, key)
  }
  if (typeof node !== 'object' || node === null) return []
  return Object.keys(node).filter((key) => !['assumption', 'source', 'note'].includes(key))
}

/** A line of the design: written when it is left, so that half a number asks nothing. */
function Line(props: Props & { path: DesignPath; label: string; example?: string; size?: number }) {
  const { tree, onWrite, path, label, example, size = 12 } = props
  const written = textAt(tree, path)
  const [typed, setTyped] = useState<string>()
  return (
    <div
      onBlur={() => {
        if (typed !== undefined && typed.trim() !== written) onWrite(path, typed.trim())
        setTyped(undefined)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target instanceof HTMLElement) {
          event.preventDefault()
          event.target.blur()
        }
      }}
    >
      <TextField
        label={label}
        value={typed ?? written}
        size={size}
        onChange={setTyped}
        {...(example === undefined ? {} : { placeholder: example })}
      />
    </div>
  )
}

/** What the feed holds: salts and acid as sold. */
function Feed(props: Props) {
  const { tree, onWrite } = props
  const [formula, setFormula] = useState('')
  const path = ['feed', 'concentration']
  const add = () => {
    if (!/^[A-Za-z][\w()]*$/.test(formula)) return
    onWrite([...path, formula], '0.1 mol/L')
    setFormula('')
  }
  return (
    <fieldset className="workbench-set">
      <legend>feed</legend>
      <Line {...props} path={['feed', 'flow']} label="flow" />
      {keysAt(tree, path).map((salt) => (
        <Line key={salt} {...props} path={[...path, salt]} label={`${salt} (blank: none)`} />
      ))}
      <TextField
        label="another salt"
        value={formula}
        size={8}
        placeholder="PrCl3"
        onChange={setFormula}
      />
      <button type="button" className="parts-button" onClick={add} disabled={formula === ''}>
        Add salt
      </button>
    </fieldset>
  )
}

/** The elements of a product are a list in the text. */
function Elements(props: Props & { path: DesignPath }) {
  const list = (text: string) =>
    text.trim() === ''
      ? ''
      : `[${text
          .split(/[\s,]+/)
          .filter((el) => el !== '')
          .join(', ')}]`
  return (
    <Line
      {...props}
      label="oxides of"
      onWrite={(path, written) => {
        // A list is replaced as a whole: taken out, then written anew.
        props.onWrite(path, list(written))
      }}
    />
  )
}

/** What the feed is cut into. */
function Products(props: Props) {
  const { tree, onWrite } = props
  const [name, setName] = useState('')
  const add = () => {
    if (!/^[A-Za-z][\w-]*$/.test(name)) return
    onWrite(['products', name], '{ elements: [Pr], purity: 99 % }')
    setName('')
  }
  return (
    <fieldset className="workbench-set">
      <legend>products</legend>
      {keysAt(tree, ['products']).map((product) => (
        <div key={product} className="parts-fields workbench-product">
          <strong>{product}</strong>
          <Elements {...props} path={['products', product, 'elements']} />
          <Line
            {...props}
            path={['products', product, 'purity']}
            label="purity, REO/TREO"
            size={8}
            example="99.5 %"
          />
          <Line
            {...props}
            path={['products', product, 'recovery']}
            label="recovery"
            size={8}
            example="not asked"
          />
          <button
            type="button"
            className="parts-quiet"
            onClick={() => onWrite(['products', product], '')}
          >
            drop
          </button>
        </div>
      ))}
      <TextField
        label="another product"
        value={name}
        size={14}
        placeholder="praseodymium"
        onChange={setName}
      />
      <button type="button" className="parts-button" onClick={add} disabled={name === ''}>
        Add product
      </button>
    </fieldset>
  )
}

const weights = [
  ['stage', 'a mixer-settler a year'],
  ['organic', 'a m³ of organic held a year'],
  ['acid', 'a kilomole of acid'],
  ['base', 'a kilomole of base'],
] as const

const ranges = [
  ['saponification', 'saponified', '5 %', '35 %'],
  ['scrubAcid', 'scrub acid', '0.5 mol/L', '3 mol/L'],
  ['stripAcid', 'strip acid', '2 mol/L', '6 mol/L'],
] as const

function Bounds(props: Props) {
  const { tree, onWrite } = props
  const choice = (key: string, label: string, options: readonly string[]) => {
    const first = options[0] ?? ''
    const chosen = textAt(tree, [key])
    return (
      <ChoiceField
        label={label}
        value={chosen === '' ? first : chosen}
        options={options.map((o) => [o, o] as const)}
        onChange={(to) => onWrite([key], to)}
      />
    )
  }
  return (
    <details className="workbench-details">
      <summary>Bounds of the search</summary>
      <div className="parts-fields">
        {ranges.map(([key, label, from, to]) => (
          <div key={key} className="parts-fields">
            <Line {...props} path={[key, 'from']} label={`${label} from`} example={from} size={8} />
            <Line {...props} path={[key, 'to']} label="to" example={to} size={8} />
          </div>
        ))}
        <Line {...props} path={['stages']} label="most stages" example="120" size={6} />
        <Line {...props} path={['curve']} label="points of the trade-off" example="8" size={6} />
        <Line {...props} path={['margin']} label="margin" example="30 %" size={6} />
        <Line {...props} path={['doubt']} label="other separation factor" example="none" size={6} />
        <Line
          {...props}
          path={['residence']}
          label="residence in a stage"
          example="20 min"
          size={8}
        />
        {choice('arrangement', 'three products', ['auto', 'draw', 'train'])}
        {choice('base', 'base', ['Na', 'NH4'])}
        {choice('acid', 'acid', ['HCl', 'HNO3'])}
      </div>
    </details>
  )
}

/** A design as a form; every field is a place in its text. */
export function DesignForm(props: Props) {
  const { choices, tree, onWrite } = props
  const set = textAt(tree, ['extractant'])
  const usable = choices.sets.filter(({ model }) => model === 'mass-action').map((s) => s.id)
  const all = usable.includes(set) || set === '' ? usable : [set, ...usable]
  return (
    <div>
      <div className="parts-fields">
        <Line {...props} path={['title']} label="title" size={26} />
        <Line {...props} path={['operatingHours']} label="operating hours" size={10} />
      </div>
      <div className="parts-fields">
        <ChoiceField
          label="extractant set"
          value={set}
          options={[
            ...(set === '' ? [['', 'choose one'] as const] : []),
            ...all.map((id) => [id, id] as const),
          ]}
          onChange={(to) => onWrite(['extractant'], to)}
        />
        <Line {...props} path={['molarity']} label="extractant, as monomer" size={10} />
      </div>
      <Feed {...props} />
      <Products {...props} />
      <fieldset className="workbench-set">
        <legend>what things cost, in one unit of your choice</legend>
        {weights.map(([key, label]) => (
          <Line key={key} {...props} path={['weights', key]} label={label} size={8} />
        ))}
      </fieldset>
      <Bounds {...props} />
    </div>
  )
}
