import { setSite, type Site, type SitePlace } from '../../ledger/index.ts'
import type { Command } from '../commands/command.ts'
import { type ExitCode, exit, type Io } from '../io.ts'
import { several } from '../study.ts'
import { declareLedger, type LedgerOptions, print, withStore } from './open.ts'
import { placeOf, placeText } from './place.ts'

interface Options extends LedgerOptions {
  readonly name: string
  readonly authority: string
  readonly country: string
  readonly place: readonly string[]
}

/** `sx1=Solvent extraction 1`, or the code alone. */
function sitePlace(text: string): SitePlace | undefined {
  const [, code = '', name = ''] = /^([A-Za-z0-9][\w.-]{0,63})(?:\s*=\s*(.+))?$/.exec(text) ?? []
  return code === '' ? undefined : { code, name: name === '' ? code : name }
}

/** What the options say of the business, or what is wrong with one. */
function siteOf({ name, authority, country, place }: Options): Site | string {
  const places = place.map(sitePlace)
  const wrong = place[places.indexOf(undefined)]
  if (wrong !== undefined) return `--place "${wrong}": a code, or code=name: sx1=Solvent extraction`
  if (!/^(?:https?:\/\/|urn:|did:)\S+[^\s/]$/.test(authority)) {
    return `--authority "${authority}": a URL without a slash at its end, https://recycler.example/id`
  }
  if (!/^[A-Z]{2}$/.test(country)) return `--country "${country}": two capital letters (ISO 3166-1)`
  if (name.trim() === '' || name.length > 200) return '--name: 1 to 200 characters'
  const known = places.flatMap((one) => one ?? [])
  return {
    name,
    authority,
    country,
    isSynthetic: false,
    ...(known.length === 0 ? {} : { places: known }),
  }
}

async function make(options: Options, io: Io): Promise<ExitCode> {
  const site = siteOf(options)
  if (typeof site === 'string') {
    io.err(site)
    return exit.input
  }
  const place = placeOf(options)
  return withStore(place, io, async (store) => {
    const [before, head] = [await store.setting('site'), await store.head()]
    if (before !== undefined || head.seq > 0) {
      io.err(`${placeText(place)}: there is a ledger already; name another folder`)
      return exit.no
    }
    await setSite(store, site)
    const record = { schema: 'didymium/ledger-init@1', at: placeText(place), site }
    print(io, options, record, () => `a ledger for ${site.name} at ${placeText(place)}`)
    return exit.done
  })
}

export const init: Command = {
  name: 'init',
  about: 'Make an empty ledger: whose it is, how its URIs begin, and which places it has.',
  example:
    'didymium ledger init --name "Lagan Recycling" --authority https://lagan.example/id --country GB --place receiving',
  json: '{ schema: didymium/ledger-init@1, at, site }',
  declare: (parser) => {
    parser
      .requiredOption('--name <text>', 'name of the business')
      .requiredOption(
        '--authority <uri>',
        'begins the URIs of its lots: https://recycler.example/id',
      )
      .requiredOption('--country <code>', 'ISO 3166-1 alpha-2: GB')
      .option('--place <text>', 'a place, code=name; may be repeated; left out: any', several, [])
    declareLedger(parser)
  },
  action: (_, given, io) => make(given as unknown as Options, io),
}
