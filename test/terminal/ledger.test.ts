import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ledgerCommands } from '../../src/cli/ledger/index.ts'
import type { Command } from '../../src/cli/commands/command.ts'
import { folder, say } from './kit.ts'

const files = folder()
afterAll(() => files.remove())
const data = files.path('data')

/** A command of the ledger in the folder of these tests. */
const ledger = (...words: readonly string[]) => say('ledger', ...words, '--data', data)

async function done(...words: readonly string[]): Promise<string> {
  const { code, out, err } = await ledger(...words)
  expect([code, err], words.join(' ')).toEqual([0, ''])
  return out
}

const json = async (...words: readonly string[]): Promise<Record<string, unknown>> => {
  const { out, err } = await ledger(...words, '--json')
  expect(err, words.join(' ')).toBe('')
  return JSON.parse(out) as Record<string, unknown>
}

const places = ['receiving', 'laboratory', 'sx1=Solvent extraction 1', 'store', 'quarantine']
const on = (time: string) => ['--time', `2026-03-${time}:00+00:00`] as const

beforeAll(async () => {
  const words = places.flatMap((place) => ['--place', place])
  const site = ['--name', 'Lagan', '--authority', 'https://lagan.example/id', '--country', 'GB']
  await done('init', ...site, ...words)
  const nd = ['--results', 'Nd; 30 ± 0.3 %', '--results', 'Dy; 2 ± 0.04 %', '--condition', 'wet']
  for (const [lot, mass] of [
    ['F-1', '100 ± 0.1 kg'],
    ['F-2', '60 ± 0.1 kg'],
  ] as const) {
    await done('receive', lot, '--mass', mass, '--place', 'receiving', ...on('01T08:00'))
    await done('assay', lot, ...nd, '--laboratory', 'site', ...on('01T12:00'))
  }
  await done('campaign', 'start', 'C-1', '--place', 'sx1', ...on('02T08:00'))
  await done(
    'campaign',
    'charge',
    'C-1',
    '--lots',
    'F-1',
    '--lots',
    'F-2; 50 ± 0.1 kg',
    ...on('02T09:00'),
  )
  const oxide = 'P-1; 52 ± 0.02 kg; product; Nd2O3'
  const held = 'HU-1; 5 ± 0.1 kg; hold-up'
  const residue = 'lot=R-1; mass=70 ± 0.1 kg; kind=residue; description=cake, wet'
  await done(
    'campaign',
    'draw',
    'C-1',
    '--lots',
    oxide,
    '--lots',
    residue,
    '--lots',
    held,
    '--place',
    'store',
    ...on('03T08:00'),
  )
  await done('campaign', 'end', 'C-1', ...on('03T10:00'))
  const out = [
    '--results',
    'Nd2O3; 99.6 ± 0.2 %',
    '--results',
    'Dy2O3; < 5 ppm',
    '--condition',
    'wet',
  ]
  await done('assay', 'P-1', ...out, ...on('04T08:00'))
  const hu = ['--results', 'Nd; 3.5 ± 0.1 %', '--results', 'Dy; < 20 ppm', '--condition', 'wet']
  await done('assay', 'HU-1', ...hu, ...on('04T08:30'))
  await done(
    'assay',
    'R-1',
    '--results',
    'Nd; 0.6 ± 0.03 %',
    '--results',
    'Dy; 4.3 ± 0.05 %',
    '--condition',
    'wet',
    ...on('04T09:00'),
  )
})

/** Every command below another one, with the words that call it. */
async function walk(
  commands: readonly Command[],
  before: readonly string[] = [],
): Promise<readonly (readonly [readonly string[], Command])[]> {
  const all: (readonly [readonly string[], Command])[] = []
  for (const command of commands) {
    const words = [...before, command.name]
    all.push([words, command])
    if (command.subs !== undefined) all.push(...(await walk(await command.subs(), words)))
  }
  return all
}

describe('help', () => {
  it('of every command shows an example that it understands, and its document', async () => {
    const all = await walk(ledgerCommands, ['ledger'])
    expect(all.length).toBeGreaterThan(40)
    for (const [words, command] of all) {
      const { code, out } = await say(...words, '--help')
      expect(code, words.join(' ')).toBe(0)
      expect(out).toContain(`Example:\n  $ ${command.example}`)
      expect(out.includes('With --json:'), words.join(' ')).toBe(out.includes('--json '))
      const typed = [...command.example.matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, a, b]) => a ?? b ?? '',
      )
      expect(typed[0]).toBe('didymium')
      expect((await say(...typed.slice(1), '--help')).code, command.example).toBe(0)
      const wrong = await say(...typed.slice(1), '--no-such-option')
      expect(wrong.err, command.example).toContain("unknown option '--no-such-option'")
      expect(wrong.code).toBe(2)
    }
  })

  it('of the ledger alone, and of a word that it does not know', async () => {
    expect((await say('ledger')).code).toBe(2)
    const wrong = await say('ledger', 'recieve')
    expect(wrong.code).toBe(2)
    expect(wrong.err).toMatch(/unknown command 'recieve'[\s\S]*receive/)
  })
})

describe('what people do', () => {
  it('every command of the registry: accepted with 0', async () => {
    await done(
      'sample',
      'F-2',
      '--samples',
      'S-1; 250 g',
      '--place',
      'laboratory',
      ...on('05T08:00'),
    )
    await done(
      'weigh',
      'F-2',
      '--mass',
      '9.7 ± 0.1 kg',
      '--instrument',
      'floor scale',
      ...on('05T09:00'),
    )
    await done('move', '--lots', 'F-2', '--to', 'store', ...on('05T10:00'))
    await done(
      'split',
      'P-1',
      '--parts',
      'P-1-A; 40 kg',
      '--parts',
      'P-1-B; 12 kg',
      ...on('05T11:00'),
    )
    await done(
      'blend',
      '--lots',
      'P-1-A; 10 kg',
      '--lots',
      'P-1-B; 2 kg',
      '--into',
      'P-2',
      ...on('05T12:00'),
    )
    await done('pack', '--package', 'K-1', '--lots', 'P-1-A', ...on('05T13:00'))
    await done('unpack', '--package', 'K-1', '--lots', 'P-1-A', ...on('05T14:00'))
    await done('label', '--lots', 'P-1-A', '--lots', 'P-1-B', '--copies', '2', ...on('05T15:00'))
    await done('release', '--lots', 'P-1-A', '--decision', 'released', ...on('05T16:00'))
    await done(
      'ship',
      '--lots',
      'P-1-A; 20 kg',
      '--to',
      'maker',
      '--order',
      'PO-1',
      ...on('06T08:00'),
    )
    await done(
      'return',
      '--lots',
      'P-1-A; 5 kg',
      '--from',
      'maker',
      '--place',
      'quarantine',
      ...on('08T08:00'),
    )
    await done('scrap', '--lots', 'R-1; 20 kg', '--how', 'disposed', ...on('08T09:00'))
    await done('stock-take', '--place', 'store', '--lots', 'R-1; 50.2 kg', ...on('08T10:00'))
    const { events } = await json('move', '--lots', 'R-1', '--to', 'quarantine', ...on('09T08:00'))
    const [{ eventID = '' } = {}] = events as readonly { readonly eventID?: string }[]
    expect(eventID).toMatch(/^ni:\/\/\/sha-256;/)
    const out = await done('correct', '--event', eventID, '--reason', 'did_not_occur')
    expect(out).toMatch(/^accepted: 1 event\n {2}ObjectEvent storing 2026-03-09T08:00/)
  })

  it('--preview writes nothing', async () => {
    const before = await json('verify')
    const out = await done('receive', 'F-9', '--mass', '1 kg', '--place', 'store', '--preview')
    expect(out).toMatch(/^would be accepted: 1 event/)
    expect(await json('verify')).toEqual(before)
    expect((await ledger('lot', 'F-9')).code).toBe(1)
  })

  it('--file holds what no line can, options go before it', async () => {
    const yaml = files.write(
      'lot.yaml',
      'lot: F-3\nmass: 20 kg\nplace: store\nk: 2\nsources:\n  - { class: post-consumer, share: 100 % }\n' +
        'origin:\n  - { step: collected, country: IE }\n',
    )
    await done('receive', 'F-4', '--file', yaml, '--mass', '21 ± 0.5 kg', ...on('10T08:00'))
    const { lot, recycled } = await json('lot', 'F-4')
    expect(lot).toMatchObject({
      mg: 21e6,
      master: { origin: [{ step: 'collected', country: 'IE' }] },
    })
    expect(lot).toMatchObject({ weighings: [{ u: 500_000, k: 2 }] })
    expect(recycled).toMatchObject({ lot: 'https://lagan.example/id/lot/F-4' })
  })

  it('a refused one ends with 1 and its word, a malformed one with 2', async () => {
    const refusals: readonly (readonly [number, RegExp, readonly string[]])[] = [
      [
        1,
        /^already-exists: Lot F-1 is there since/,
        ['receive', 'F-1', '--mass', '1 kg', '--place', 'store'],
      ],
      [
        1,
        /^unknown-lot: No event speaks of a lot F-77/,
        ['scrap', '--lots', 'F-77', '--how', 'disposed'],
      ],
      [
        1,
        /^unknown-place: attic is no place of Lagan[\s\S]*right: One of receiving/,
        ['move', '--lots', 'F-2', '--to', 'attic'],
      ],
      [1, /^campaign-ended: /, ['campaign', 'charge', 'C-1', '--lots', 'F-2']],
      [
        2,
        /^malformed: receive\n {2}mass: .*unit/,
        ['receive', 'F-5', '--mass', '12', '--place', 'store'],
      ],
      [2, /^malformed: receive\n {2}place: is missing/, ['receive', 'F-5', '--mass', '12 kg']],
      [
        2,
        /"b" has no field \(a line: lot; \[mass\]/,
        ['scrap', '--lots', 'F-2; 1 kg; store; 2; a; b', '--how', 'disposed'],
      ],
      [2, /none\.yaml: no such file/, ['receive', '--file', 'none.yaml']],
    ]
    for (const [code, message, words] of refusals) {
      const said = await ledger(...words)
      expect([said.code, said.out], words.join(' ')).toEqual([code, ''])
      expect(said.err, words.join(' ')).toMatch(message)
    }
    const refused = await ledger('receive', 'F-1', '--mass', '1 kg', '--place', 'store', '--json')
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.out)).toMatchObject({ status: 'already-exists', preview: false })
  })
})

describe('what is computed', () => {
  it('lots, a lot, inventory now and then', async () => {
    expect(await done('lots', '--kind', 'product', '--in-stock')).toMatch(
      /P-1-B +product +Nd2O3 +10 +store/,
    )
    const { total } = await json('lots', '--text', 'F-', '--limit', '1')
    expect(total).toBe(3)
    expect(await done('lot', 'P-1')).toContain('P-1')
    expect(await done('inventory')).toContain('store')
    const { total: then } = await json(
      'inventory',
      '--at',
      '2026-03-01T20:00:00Z',
      '--place',
      'receiving',
    )
    expect(then).toMatchObject({ wetMg: 160e6, lots: 2 })
    const xlsx = files.path('inventory.xlsx')
    expect((await ledger('inventory', '--xlsx', xlsx)).err).toBe(`wrote ${xlsx}`)
    expect(readFileSync(xlsx).subarray(0, 2).toString()).toBe('PK')
    for (const words of [
      ['--at', 'yesterday'],
      ['--kind', 'gold'],
    ]) {
      expect((await ledger('inventory', ...words)).code).toBe(2)
    }
    expect((await ledger('lots', '--limit', '0')).code).toBe(2)
  })

  it('genealogy both ways', async () => {
    expect(await done('trace', 'P-1-B')).toMatch(/F-1/)
    const { nodes } = await json('trace', 'F-1', '--down')
    expect(JSON.stringify(nodes)).toContain('P-2')
    expect((await ledger('trace', 'P-77')).code).toBe(1)
    expect((await ledger('trace', 'P-1', '--depth', 'all')).code).toBe(2)
    const svg = files.path('trace.svg')
    expect((await ledger('trace', 'P-1', '--plot', svg)).code).toBe(0)
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg /)
  })

  it('a balance of a campaign, of a period, and drift', async () => {
    const [svg, xlsx] = [files.path('b.svg'), files.path('b.xlsx')]
    const said = await ledger(
      'balance',
      '--campaign',
      'C-1',
      '--elements',
      'Nd',
      '--plot',
      svg,
      '--xlsx',
      xlsx,
    )
    expect(said.out).toMatch(/^Nd +45\b.*closed/m)
    expect(said.code, said.out).toBe(0)
    expect(existsSync(svg) && existsSync(xlsx)).toBe(true)
    const open = await ledger('balance', '--campaign', 'C-1', '--elements', 'Dy', '--json')
    expect(JSON.parse(open.out)).toMatchObject({ elements: [{ element: 'Dy', verdict: 'closed' }] })
    const period = await ledger(
      'balance',
      '--from',
      '2026-03-01',
      '--to',
      '2026-03-04',
      '--elements',
      'Nd',
    )
    expect(period.out).toContain('Nd')
    expect(await done('drift', '--elements', 'Nd')).not.toBe('')
    for (const words of [
      [],
      ['--campaign', 'C-1', '--from', '2026-01-01'],
      ['--from', 'x', '--to', 'y'],
    ]) {
      expect((await ledger('balance', ...words)).code).toBe(2)
    }
    expect((await ledger('balance', '--campaign', 'C-9')).code).toBe(1)
    expect((await ledger('balance', '--campaign', 'C-1', '--mass-u', '2')).code).toBe(2)
    expect(await done('campaign', 'list')).toMatch(/C-1 +sx1 +2026-03-02 08:00Z +2026-03-03 10:00Z/)
  })

  it('a certificate against a specification, and a label', async () => {
    const pdf = files.path('c.pdf')
    const said = await ledger('certificate', 'P-1', '--spec', 'trade-Nd', '--pdf', pdf)
    expect(said.out).toMatch(/REO\/TREO/)
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-')
    expect((await ledger('certificate', 'P-1', '--spec', 'gold')).err).toMatch(/one of .*trade-Nd/)
    expect((await ledger('certificate', 'P-77')).code).toBe(1)
    const label = files.path('label.svg')
    expect((await ledger('print-label', 'P-1', '--svg', label)).code).toBe(0)
    expect(readFileSync(label, 'utf8')).toContain('P-1')
    expect((await ledger('print-label', 'P-1')).code).toBe(2)
  })

  it('findings end with 0 or 1', async () => {
    const { code, out } = await ledger('findings', '--json')
    const { findings, flagged } = JSON.parse(out) as { findings: unknown[]; flagged: unknown[] }
    expect(code).toBe(findings.length + flagged.length > 0 ? 1 : 0)
  })
})

describe('tables of a laboratory', () => {
  const table =
    'Lot;Nd (%);U (k=2);Dy ppm;Laboratory\nF-1;29,8;0,3;< 50;Strangford\nF-2;30,4;0,3;210;Strangford\n'

  it('are shown first, written with --apply, all or nothing', async () => {
    const csv = files.write('assays.csv', table)
    const at = ['--time', '2026-03-12T08:00:00+00:00', '--k', '2']
    const shown = await done('import', csv, ...at)
    expect(shown).toMatch(/F-1 +Nd +30 % ± 0\.3 % \(k=2\) +29\.8 % ± 0\.3 % \(k=2\) +final/)
    expect(shown).toMatch(/2 assays would be written; --apply writes them$/)
    expect(await done('import', csv, ...at, '--apply')).toMatch(/2 assays written$/)
    expect(JSON.stringify((await json('lot', 'F-1'))['composition'])).toContain('0.298')
    const unknown = files.write('unknown.csv', `${table}F-88;30;0,3;1;Strangford\n`)
    const refused = await ledger('import', unknown, '--apply')
    expect(refused.code).toBe(1)
    expect(refused.err).toMatch(/unknown\.csv: row 4: unknown-lot/)
  })

  it('of a workbook are what its sheet shows', async () => {
    const { default: write } = await import('write-excel-file/node')
    const file = files.path('assays.xlsx')
    const heads = ['Lot', 'Nd (%)', 'Dy ppm'].map((value) => ({ value }))
    const value = { value: 0.305, format: '0.0%' }
    await write([heads, [{ value: 'F-1' }, value]]).toFile(file)
    const said = await ledger('import', file)
    expect(said.out, said.err).toMatch(/F-1 +Nd +\S.* 30\.5 % +final/)
    await write([heads, [{ value: 'F-1' }, value, { value: 0.0012, format: '0.00%' }]]).toFile(file)
    const refused = await ledger('import', file)
    expect([refused.code, refused.out]).toEqual([2, ''])
    expect(refused.err).toContain(
      'assays.xlsx:2:3 (C2): "0.12 %" is in %, its column in ppm; right: 1200, or %',
    )
  })

  it('say where they are wrong and what would be right', async () => {
    const csv = files.write('wrong.csv', 'Lot,Nd (%),Bogus\nF-1,high,1\n')
    const said = await ledger('import', csv)
    expect([said.code, said.out]).toEqual([2, ''])
    expect(said.err).toMatch(/wrong\.csv:1:3 \(C1\): "Bogus" is no element/)
    expect(said.err).toMatch(/wrong\.csv:2:2 \(B2\): "high" for Nd; right: a number such as 31\.2/)
    expect((await ledger('import', 'none.csv')).code).toBe(2)
    expect((await ledger('import', csv, '--condition', 'damp')).err).toMatch(
      /--condition damp: wet, dry/,
    )
  })
})

describe('the care of a ledger', () => {
  it('exports and imports: the same log, the same states', async () => {
    const out = files.path('export')
    expect(await done('export', out)).toMatch(/^wrote \d+ events in 1 document/)
    expect((await ledger('export', out)).err).toContain('is not empty')
    const other = files.path('other')
    const site = ['--name', 'Other', '--authority', 'https://other.example/id', '--country', 'IE']
    expect((await say('ledger', 'init', ...site, '--data', other)).code).toBe(0)
    expect((await say('ledger', 'import', out, '--data', other)).out).toMatch(
      /--apply: the same log/,
    )
    const said = await say('ledger', 'import', out, '--apply', '--data', other)
    expect(said.code, said.err).toBe(0)
    expect(said.out).toMatch(/the log is the one that was exported/)
    const of = async (...words: string[]) =>
      (await say('ledger', ...words, '--json', '--data', other)).out
    expect(JSON.parse(await of('verify', '--derived'))).toEqual(await json('verify', '--derived'))
    expect(JSON.parse(await of('lots'))).toEqual(await json('lots'))
    const document = join(out, 'events-000001.json')
    const again = await done('import', document, '--apply')
    expect(again).toMatch(/^0 events stored, \d+ were known/)
    expect(await done('import', document)).toMatch(/nothing wrong; --apply captures them/)
    const text = readFileSync(document, 'utf8').replace('"receiving"', '"recieving"')
    writeFileSync(document, text)
    expect((await ledger('import', document)).code).toBe(2)
  })

  it('verifies, rebuilds, backs up and restores', async () => {
    const { head } = await json('verify')
    const { seq, hash } = head as { seq: number; hash: string }
    expect(await done('verify', '--derived', '--head', `${seq}:${hash}`)).toContain(
      'every hash as it should be',
    )
    expect((await ledger('verify', '--head', `${seq}:${'0'.repeat(64)}`)).code).toBe(1)
    expect((await ledger('verify', '--head', 'x')).code).toBe(2)
    expect(await done('rebuild')).toMatch(/derived anew from \d+ records/)
    const copy = files.path('copy.backup')
    expect(await done('backup', copy)).toContain(`wrote ${copy}`)
    expect((await ledger('backup', copy)).err).toContain('exists already')
    const restored = files.path('restored')
    const said = await say('ledger', 'restore', copy, '--data', restored)
    expect(said.code, said.err).toBe(0)
    expect(said.out).toContain(`head ${seq}:${hash}`)
    expect((await say('ledger', 'restore', copy, '--data', restored)).code).toBe(1)
    expect((await say('ledger', 'restore', 'none', '--data', files.path('x'))).code).toBe(2)
    const broken = files.write('broken.backup', 'no backup')
    expect((await say('ledger', 'restore', broken, '--data', files.path('y'))).code).toBe(2)
  })

  it('has accounts and tokens', async () => {
    const made = await json(
      'account',
      'add',
      'mary',
      '--role',
      'administrator',
      '--full-name',
      'Mary',
    )
    expect(made).toMatchObject({ name: 'mary', role: 'administrator' })
    expect(String(made['password']).length).toBeGreaterThanOrEqual(12)
    expect((await ledger('account', 'add', 'mary', '--role', 'viewer')).code).toBe(1)
    expect((await ledger('account', 'add', 'sean', '--role', 'king')).err).toMatch(
      /viewer, operator/,
    )
    const short = files.write('password', 'short\n')
    const refused = await ledger(
      'account',
      'add',
      'sean',
      '--role',
      'viewer',
      '--password-file',
      short,
    )
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('characters')])
    expect((await ledger('account', 'off', 'mary')).err).toContain('last administrator')
    await done('account', 'add', 'sean', '--role', 'administrator')
    expect(await done('account', 'role', 'sean', 'operator')).toBe('account sean: operator')
    const token = await json('token', 'add', 'sean', '--label', 'balance')
    expect(String(token['secret']).length).toBeGreaterThan(40)
    expect((await ledger('token', 'add', 'sean', '--role', 'administrator')).code).toBe(2)
    expect(await done('token', 'off', 'sean')).toBe('1 taken back from sean')
    expect(await done('account', 'off', 'sean')).toBe('account sean: closed')
    const listed = await done('account', 'list')
    expect(listed).toMatch(/sean +operator .*closed/)
    expect(listed).not.toContain('scrypt')
  })

  it('says where there is none, and makes none by looking', async () => {
    const nowhere = files.path('nowhere')
    for (const words of [
      ['lots'],
      ['receive', 'F-1', '--mass', '1 kg', '--place', 'x'],
      ['verify'],
    ]) {
      const said = await say('ledger', ...words, '--data', nowhere)
      expect([said.code, said.out]).toEqual([2, ''])
      expect(said.err).toMatch(/there is no ledger; didymium ledger init makes one/)
    }
    expect(existsSync(nowhere)).toBe(false)
    expect(
      (await ledger('init', '--name', 'x', '--authority', 'https://x.example', '--country', 'GB'))
        .code,
    ).toBe(1)
    const wrong = await say(
      'ledger',
      'init',
      '--name',
      'x',
      '--authority',
      'x/',
      '--country',
      'GB',
      '--data',
      nowhere,
    )
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--authority "x/"')])
  })
})
