import type {
  FeedTerms,
  FixedRule,
  LabourPosition,
  OperatingInputs,
  ReagentTerms,
  SalesLine,
  SolvedPlant,
  UnitPrice,
  WasteTerms,
} from '../../economics/index.ts'
import type { MoneyValue } from '../../flowsheet/fields.ts'
import { defaultPrice } from './input-prices.ts'
import { deckOf, deckPrice } from './sell.ts'
import { lookedUp, moneyAt, namesOfRegion, yearOf, type Found, type Terms } from './terms.ts'

const root = 'economics.operating'

/** Money of the plant file per kg, kWh or m3. */
const priced = (
  value: MoneyValue,
  per: UnitPrice['per'],
  path: string,
  terms: Terms,
): UnitPrice => ({ ...moneyAt(value, path, terms), per })

/** What the yearly cost is made from: the section, else the data; what has no price is a gap. */
export function operatingInputs(
  solution: SolvedPlant,
  sold: readonly SalesLine[],
  totalPlant: number,
  oxideFactors: Readonly<Record<string, number>>,
  terms: Terms,
): OperatingInputs {
  const { operating } = terms.economics
  const water = reagentPrice('H2O', terms)
  const energy = energyPrices(terms)
  return {
    basis: terms.basis,
    levels: terms.levels,
    feeds: feedTerms(solution, oxideFactors, terms),
    reagents: reagentTerms(solution, terms),
    ...(water === undefined ? {} : { water }),
    wastes: wasteTerms(solution, terms),
    ...energy,
    labour: {
      positions: positions(terms),
      burden: operating.burden ?? rule('labour.burden', `${root}.burden`, terms) ?? 0,
    },
    rules: fixedRules(terms),
    other: Object.entries(operating.others ?? {}).map(([name, amount]) => ({
      name,
      perYear: moneyAt(amount, `${root}.others.${name}`, terms),
    })),
    totalPlant,
    revenue: sold.reduce((sum, { amount }) => sum + amount, 0),
    allocation: operating.allocation,
    productPrices: Object.fromEntries(
      sold.map(({ product, amount, ratePerYear }) => [product, amount / ratePerYear]),
    ),
    oxideFactors,
  }
}

/** A rule of the data as a default of the section. */
function rule(id: string, path: string, terms: Terms): number | undefined {
  const found = terms.bank.rules.get(id)
  if (found === undefined) return undefined
  const share = found.unit.startsWith('1')
    ? `${100 * found.value} %`
    : `${found.value} ${found.unit}`
  const note = found.note === undefined ? '' : ` ${found.note}`
  terms.defaults.push({ path, value: `${share}${note}`, source: found.source })
  return found.value
}

/** What feeds cost: by mass, by contained oxides at a payability, or not known. */
function feedTerms(
  solution: SolvedPlant,
  oxideFactors: Readonly<Record<string, number>>,
  terms: Terms,
): readonly FeedTerms[] {
  const { feeds = {}, payability = {} } = terms.economics.operating
  const deck = deckOf(terms.economics.sales.deck, terms)
  return Object.entries(solution.units).flatMap(([feed, { kind }]): FeedTerms[] => {
    const price = feeds[feed]
    if (price !== undefined) {
      const path = `${root}.feeds.${feed}`
      return [{ feed, by: 'mass', price: priced(price, 'kg', path, terms) }]
    }
    const payable = payability[feed]
    if (payable === undefined || !['feed', 'liquor', 'delivery'].includes(kind)) return []
    const elements = Object.keys(oxideFactors).flatMap((element) => {
      const found = deckPrice([element], deck, terms)
      if (found === undefined) return []
      const { value, source } = found
      const { currency, year } = terms.basis
      return [
        [element, { price: { value, currency, year, source }, of: 'oxide' as const }] as const,
      ]
    })
    const said = terms.said(`${root}.payability.${feed}`)
    return [{ feed, by: 'element', elements: Object.fromEntries(elements), payable, ...said }]
  })
}

/** Price of a pure substance: of the section, else of the data. */
function reagentPrice(substance: string, terms: Terms): UnitPrice | undefined {
  const own = terms.economics.operating.reagents?.[substance]
  const path = `${root}.reagents.${substance}`
  if (own !== undefined) return priced(own, 'kg', path, terms)
  return defaultPrice(substance, path, terms)
}

/** Substances of a reagent as it is sold, else the species that it is made of; water apart. */
function substancesOf({ units, reagents }: SolvedPlant, name: string): readonly string[] {
  const sold = Object.keys(units[name]?.figures ?? {}).flatMap((figure) =>
    figure.endsWith(' as sold') ? [figure.slice(0, -' as sold'.length)] : [],
  )
  const species = reagents.find((reagent) => reagent.name === name)?.composition ?? {}
  return (sold.length > 0 ? sold : Object.keys(species)).filter((id) => id !== 'H2O')
}

function reagentTerms(solution: SolvedPlant, terms: Terms): readonly ReagentTerms[] {
  const own = terms.economics.operating.reagents ?? {}
  const known = new Map<string, UnitPrice | undefined>()
  const price = (substance: string) => {
    if (!known.has(substance)) known.set(substance, reagentPrice(substance, terms))
    return known.get(substance)
  }
  return solution.reagents.flatMap(({ name, rate }): ReagentTerms[] => {
    if (!(rate['kg/s'] > 0)) return []
    const whole = own[name]
    if (whole !== undefined) {
      return [{ reagent: name, price: priced(whole, 'kg', `${root}.reagents.${name}`, terms) }]
    }
    return substancesOf(solution, name).flatMap((of): ReagentTerms[] => {
      const found = price(of)
      return found === undefined ? [] : [{ reagent: name, price: found, of }]
    })
  })
}

/**
 * What a discharge is taken for where the section does not say. A residue is taken for nothing: it
 * may be spent clay or hazardous waste, so its disposal is a gap until its class is said.
 */
const wasteItems: Readonly<Record<string, string>> = { effluent: 'effluent' }

function wasteTerms(solution: SolvedPlant, terms: Terms): readonly WasteTerms[] {
  const { waste = {}, wasteClasses = {} } = terms.economics.operating
  return terms.plant.units.flatMap(({ name, op, params }): WasteTerms[] => {
    if (op.kind !== 'discharge') return []
    const own = waste[name]
    const path = `${root}.waste.${name}`
    const hazard = wasteClasses[name]
    if (own !== undefined) {
      const price = priced(own, 'kg', path, terms)
      return [{ discharge: name, price, ...(hazard === undefined ? {} : { hazard }) }]
    }
    const item = hazard ?? wasteItems[String(params['medium'])]
    if (item === undefined || solution.units[name] === undefined) return []
    const price = defaultPrice(item, path, terms)
    if (price === undefined) return []
    const assumption =
      hazard === undefined
        ? `taken as ${item}, because the plant does not say what it is classed as`
        : terms.said(`${root}.wasteClasses.${name}`).assumption
    return [
      {
        discharge: name,
        hazard: item,
        price: { ...price, ...(assumption === undefined ? {} : { assumption }) },
      },
    ]
  })
}

function energyPrices(terms: Terms): Pick<OperatingInputs, 'electricity' | 'heat' | 'cooling'> {
  const { electricity, heat, cooling } = terms.economics.operating
  const power =
    electricity === undefined
      ? defaultPrice('electricity', `${root}.electricity`, terms)
      : priced(electricity, 'kWh', `${root}.electricity`, terms)
  const electric =
    power === undefined
      ? undefined
      : {
          ...power,
          assumption: 'heat is raised with electricity: the equipment list has no boiler',
        }
  const warm = heat === undefined ? electric : priced(heat, 'kWh', `${root}.heat`, terms)
  const cold =
    cooling === undefined
      ? defaultPrice('cooling', `${root}.cooling`, terms)
      : priced(cooling, 'kWh', `${root}.cooling`, terms)
  return {
    ...(power === undefined ? {} : { electricity: power }),
    ...(warm === undefined ? {} : { heat: warm }),
    ...(cold === undefined ? {} : { cooling: cold }),
  }
}

const technical = new Set(['technician', 'engineer', 'chemist'])

/** Hours that one person is paid a year: a post manned all year, 8,766 h, by five people. */
const hoursOfPerson = 8766 / 5

/** Roles that the data have a number of posts for, where the section gives none. */
const usualRoles = ['skilled', 'unskilled', 'supervisor', 'maintenance', 'technician', 'engineer']

/** Posts of every shift and people by day, from the section or the published default. */
export function staffOf(terms: Terms) {
  const { positions: own, dayStaff, crews } = terms.economics.operating
  const usual = () =>
    Object.fromEntries(
      usualRoles.flatMap((role) => {
        const posts = rule(`qgess.positions-${role}`, `${root}.positions.${role}`, terms)
        return posts === undefined ? [] : [[role, posts]]
      }),
    )
  const shifts = own ?? (dayStaff === undefined ? usual() : {})
  return [
    ...Object.entries(shifts).map(([role, posts]) => ({ role, posts, people: posts * crews })),
    ...Object.entries(dayStaff ?? {}).map(([role, people]) => ({ role, posts: 0, people })),
  ]
}

function positions(terms: Terms): readonly LabourPosition[] {
  return staffOf(terms).flatMap(({ role, posts, people }): LabourPosition[] => {
    const wage = wageOf(role, terms)
    if (wage === undefined) {
      const why = `no wage of that role in the data; give ${root}.wages.${role}`
      terms.gaps.push({ part: 'operating', what: `wages: ${role}`, why })
      return []
    }
    const perShift = posts === 0 ? people : posts
    const paidHours = (hoursOfPerson * people) / perShift
    const group = technical.has(role) ? 'technical' : 'operating'
    const name = posts === 0 ? `${role}, day` : role
    return perShift > 0 ? [{ role: name, group, perShift, paidHours, wage }] : []
  })
}

/** Pay of one hour, before burden. */
function wageOf(role: string, terms: Terms): LabourPosition['wage'] | undefined {
  const path = `${root}.wages.${role}`
  const own = terms.economics.operating.wages?.[role]
  if (own !== undefined) {
    const { value, ...money } = moneyAt(own, path, terms)
    return { value: value / hoursOfPerson, ...money }
  }
  const found = lookedUp(wages, role, terms, () => findWage(role, terms))
  if (found === undefined) return undefined
  const { wage, text } = found
  terms.defaults.push({ path, value: text, source: wage.source })
  return wage
}

interface FoundWage {
  readonly wage: LabourPosition['wage'] & { readonly source: string }
  readonly text: string
}

const wages: Found<FoundWage | undefined> = new WeakMap()

/** The wage of the data that is nearest in region, then in time. */
function findWage(role: string, terms: Terms): FoundWage | undefined {
  const names = namesOfRegion(terms)
  const place = (region: string) => (names.indexOf(region) + 1 || names.length + 1) - 1
  const year = Number(terms.basis.year)
  const found = terms.bank.wages
    .filter((wage) => wage.role === role)
    .toSorted(
      (a, b) =>
        place(a.region) - place(b.region) ||
        Math.abs(Number(yearOf(a.date)) - year) - Math.abs(Number(yearOf(b.date)) - year),
    )[0]
  if (found === undefined) return undefined
  const { value, per, currency, date, region, source, assumption } = found
  return {
    wage: {
      value: per === 'h' ? value : value / hoursOfPerson,
      currency,
      year: yearOf(date),
      source,
      ...(assumption === undefined ? {} : { assumption }),
    },
    text: `${value} ${currency}/${per}, ${region}, ${date}`,
  }
}

/** Yearly shares: what the section leaves out is the data's; overhead only where it is given. */
const rules = [
  ['maintenance', 'Maintenance', 'maintenance', 'total-plant', 'fixed.maintenance'],
  [
    'insurance',
    'Property tax and insurance',
    'overhead',
    'total-plant',
    'fixed.insurance-local-tax',
  ],
  ['laboratory', 'Laboratory', 'overhead', 'operating-labour', 'fixed.laboratory'],
  [
    'administration',
    'Administration and support',
    'overhead',
    'operating-labour',
    'fixed.administration',
  ],
  ['overhead', 'Plant overhead', 'overhead', 'cash-cost', ''],
] as const

function fixedRules(terms: Terms): readonly FixedRule[] {
  const { operating, sales } = terms.economics
  const found = rules.flatMap(([key, name, group, of, id]): FixedRule[] => {
    const path = `${root}.${key}`
    const own = operating[key]
    const fraction = own ?? (id === '' ? undefined : rule(id, path, terms))
    if (fraction === undefined) return []
    const source = terms.bank.rules.get(id)?.source
    const said = own !== undefined ? terms.said(path) : source === undefined ? {} : { source }
    return [{ name, group, fraction, of, ...said }]
  })
  if (sales.charges === undefined) return found
  const said = terms.said('economics.sales.charges')
  const selling = { name: 'Selling', group: 'overhead', of: 'revenue' } as const
  return [...found, { ...selling, fraction: sales.charges, ...said }]
}
