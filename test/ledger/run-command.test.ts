import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bank } from '../../src/databank/index.ts'
import {
  actions,
  capture,
  catchUp,
  commands,
  type Ledger,
  mayDo,
  roles,
  runCommand,
  setSite,
  siteOf,
  unnamedSite,
} from '../../src/ledger/index.ts'
import { openStore, sha256 } from '../../src/store/index.ts'
import { lotUri, ordinary, present } from './commands-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'didymium-commands-'))
let ledger: Ledger
const administrator = { account: 'ann', role: 'administrator' } as const
const run = (name: string, input: object, options = {}) =>
  runCommand(ledger, name, input, administrator, options)
const massOfLot = async (code: string) => {
  await catchUp(ledger)
  return (await ledger.store.lots([lotUri(code)])).get(lotUri(code))?.mg
}
const at = (clock: string) => `2026-03-02T${clock}:00+00:00`

beforeAll(async () => {
  const store = await openStore({ folder })
  ledger = { store, sha256, now: () => present, elements: bank.elements }
  for (const [name, input] of ordinary) {
    expect(await run(name, input), name).toMatchObject({ status: 'accepted' })
  }
})

afterAll(async () => {
  await ledger.store.close()
  rmSync(folder, { recursive: true })
})

describe('runCommand', () => {
  it('writes the events, and says their IDs', async () => {
    const before = (await ledger.store.head()).seq
    const input = { lot: 'F-7', mass: '1 kg', place: 'receiving', time: at('08:00') }
    const outcome = await run('receive', input)
    expect(outcome).toMatchObject({ status: 'accepted', events: [{ type: 'ObjectEvent' }] })
    const [stored] = await ledger.store.read(before, 10)
    expect(stored?.event).toEqual(outcome.events?.[0])
    expect(stored?.by).toBe('ann')
    expect(outcome.events?.[0]?.eventID).toMatch(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2.0$/)
  })

  it('answers a command that is sent again as it did, and writes nothing', async () => {
    const input = { lot: 'F-8', mass: '5 kg', place: 'receiving', time: at('08:00') }
    const first = await run('receive', input)
    const { seq } = await ledger.store.head()
    expect(await run('receive', input)).toEqual({ ...first, isRepeated: true })
    expect((await run('receive', { ...input, mass: '6 kg' })).status).toBe('already-exists')
    const scrap = { lots: [{ lot: 'F-8', mass: '4 kg' }], how: 'disposed', time: at('08:30') }
    const gone = await run('scrap', scrap)
    expect(await run('scrap', scrap)).toEqual({ ...gone, isRepeated: true })
    expect((await ledger.store.head()).seq).toBe(seq + 1)
    expect(await massOfLot('F-8')).toBe(1e6)
  })

  it('previews without a trace, and says what would become of the lots', async () => {
    const { seq } = await ledger.store.head()
    const input = { lot: 'F-2026-0002', mass: '258 kg', time: at('09:00') }
    const outcome = await run('weigh', input, { preview: true })
    const place = `${unnamedSite.authority}/place/receiving`
    expect(outcome).toMatchObject({
      status: 'accepted',
      changes: [{ code: 'F-2026-0002', before: { [place]: 260e6 }, after: { [place]: 258e6 } }],
    })
    expect((await ledger.store.head()).seq).toBe(seq)
  })

  it('refuses who may not, and what cannot be read, with the path of the field', async () => {
    const viewer = { account: 'vic', role: 'viewer' } as const
    const malformed = { lot: 'F-9' }
    expect(await runCommand(ledger, 'weigh', malformed, viewer)).toMatchObject({
      status: 'forbidden',
      detail: 'The role viewer may not do weigh.',
    })
    expect(await run('weigh', malformed)).toMatchObject({
      status: 'malformed',
      problems: [{ path: 'mass', message: 'is missing' }],
    })
    const assay = { lot: 'F-9', results: 'Nd 3 %', condition: 'damp', colour: 'red' }
    expect((await run('assay', assay)).problems).toEqual([
      { path: 'results', message: 'has to be a list' },
      { path: 'condition', message: 'is none of wet, dry' },
      { path: '', message: 'has no field colour' },
    ])
    expect((await run('no-such', {})).status).toBe('malformed')
    for (const nothing of [undefined, null, 3, 'x', []]) {
      expect((await runCommand(ledger, 'weigh', nothing, administrator)).status).toBe('malformed')
    }
  })

  it('lets no two commands take the same mass, whoever else writes meanwhile', async () => {
    await run('receive', { lot: 'F-10', mass: '10 kg', place: 'receiving', time: at('10:00') })
    const foreign = (i: number) => ({
      type: 'ObjectEvent',
      action: 'OBSERVE',
      eventTime: `2026-03-02T10:00:00.${100 + i}Z`,
      eventTimeZoneOffset: '+00:00',
      epcList: [`https://other.example/thing/${i}`],
    })
    const work = Array.from({ length: 12 }, (_, i) => [
      run('scrap', {
        lots: [{ lot: 'F-10', mass: '3 kg' }],
        how: 'disposed',
        time: `2026-03-02T11:00:${10 + i}+00:00`,
      }),
      capture(ledger, [foreign(i)], [], { by: 'other', behaviour: 'rollback' }),
    ])
    const outcomes = (await Promise.all(work.flat())).flatMap((one) =>
      'status' in one ? [one.status] : [],
    )
    expect(outcomes.filter((status) => status === 'accepted')).toHaveLength(3)
    expect(outcomes.filter((status) => status === 'not-enough')).toHaveLength(9)
    expect(await massOfLot('F-10')).toBe(1e6)
  })

  it('takes the present where no time is given', async () => {
    const outcome = await run('label', { lots: [{ lot: 'F-7' }] })
    expect(outcome.events?.[0]?.eventTime).toBe('2026-03-10T00:00:00.000+00:00')
  })
})

describe('a correction', () => {
  const received = { lot: 'F-20', mass: '250 kg', place: 'receiving', time: at('08:00') }
  const correct = (event: string | undefined, mass: string, options = {}) =>
    run(
      'correct',
      {
        event,
        reason: 'incorrect_data',
        instead: [{ command: 'receive', input: { ...received, mass } }],
      },
      options,
    )

  it('declares the event wrong and writes the right one, unless later events forbid it', async () => {
    const wrong = (await run('receive', received)).events?.[0]?.eventID
    const charge = { campaign: 'C-2026-01', lots: [{ lot: 'F-20', mass: '200 kg' }] }
    expect((await run('charge', { ...charge, time: at('09:00') })).status).toBe('accepted')
    const less = await correct(wrong, '199 kg')
    expect(less.status).toBe('would-break-later-events')
    expect(less.detail).toBe(
      'It would contradict what is written of lot F-20: at 2026-03-02T09:00:00.000+00:00 ' +
        '199 kg is there, 200 kg is taken: receiving.',
    )
    const gone = await run('correct', { event: wrong, reason: 'did_not_occur' })
    expect(gone.status).toBe('would-break-later-events')
    const preview = await correct(wrong, '205 kg', { preview: true })
    expect(preview.changes?.map(({ after }) => Object.values(after ?? {}))).toEqual([[5e6]])
    const done = await correct(wrong, '205 kg')
    expect(done.status).toBe('accepted')
    const [right, declaration] = done.events ?? []
    expect(declaration).toMatchObject({
      eventID: wrong,
      errorDeclaration: { reason: 'incorrect_data', correctiveEventIDs: [right?.eventID] },
    })
    expect(await massOfLot('F-20')).toBe(5e6)
    expect((await correct(wrong, '210 kg')).status).toBe('already-corrected')
    expect((await correct(right?.eventID, '210 kg')).status).toBe('accepted')
    expect(await massOfLot('F-20')).toBe(10e6)
  })

  it('of an end lets the campaign run, of a start takes it away', async () => {
    const started = await run('start-campaign', {
      campaign: 'C-5',
      place: 'sx1',
      time: at('12:00'),
    })
    const ended = await run('end-campaign', { campaign: 'C-5', time: at('13:00') })
    const charge = { campaign: 'C-5', lots: [{ lot: 'F-2026-0002', mass: '1 kg' }] }
    expect((await run('charge', { ...charge, time: at('14:00') })).status).toBe('campaign-ended')
    const instead = [{ command: 'end-campaign', input: { campaign: 'C-5', time: at('15:00') } }]
    const event = ended.events?.[0]?.eventID
    expect((await run('correct', { event, reason: 'incorrect_data', instead })).status).toBe(
      'accepted',
    )
    expect((await run('charge', { ...charge, time: at('14:00') })).status).toBe('accepted')
    expect(
      (await run('correct', { event: started.events?.[0]?.eventID, reason: 'did_not_occur' }))
        .status,
    ).toBe('would-break-later-events')
  })

  it('of what was wrong already may leave it wrong, and may not make more of it', async () => {
    const foreign = (action: string, clock: string, quantity: number) => ({
      type: 'ObjectEvent',
      action,
      eventTime: at(clock),
      eventTimeZoneOffset: '+00:00',
      bizLocation: { id: 'https://recycler.example/id/place/dock' },
      quantityList: [{ epcClass: lotUri('F-30'), quantity, uom: 'KGM' }],
    })
    const events = [foreign('ADD', '08:00', 1), foreign('DELETE', '09:00', 5)]
    const { stored } = await capture(ledger, events, [], { by: 'x', behaviour: 'rollback' })
    const received = (mass: string) => ({
      event: stored[0],
      reason: 'incorrect_data',
      instead: [
        { command: 'receive', input: { lot: 'F-30', mass, place: 'dock', time: at('08:00') } },
      ],
    })
    expect((await run('correct', received('2 kg'), { preview: true })).status).toBe('accepted')
    const gone = { event: stored[0], reason: 'did_not_occur' }
    expect((await run('correct', gone)).status).toBe('would-break-later-events')
    expect((await run('correct', received('6 kg'))).status).toBe('accepted')
    expect(await massOfLot('F-30')).toBe(1e6)
  })

  it('of an assay, of a draw and of where a campaign ran', async () => {
    const assay = (value: string) => ({
      lot: 'S-2026-0001',
      condition: 'wet',
      results: [{ analyte: 'Nd', value }],
      time: at('15:00'),
    })
    const fix = async (event: string | undefined, command: string, input: object) =>
      run('correct', { event, reason: 'incorrect_data', instead: [{ command, input }] })
    const wrong = (await run('assay', assay('12 %'))).events?.[0]?.eventID
    expect((await fix(wrong, 'assay', assay('21 %'))).status).toBe('accepted')
    await catchUp(ledger)
    const parent = (await ledger.store.lots([lotUri('F-2026-0001')])).get(lotUri('F-2026-0001'))
    expect(parent?.assays.map(({ value }) => value)).toEqual([0.21])

    const started = { campaign: 'C-6', place: 'sx1', time: at('08:00') }
    const start = (await run('start-campaign', started)).events?.[0]?.eventID
    const lots = [{ lot: 'F-2026-0002', mass: '2 kg' }]
    const charged = await run('charge', { campaign: 'C-6', lots, time: at('09:00') })
    expect(charged.status).toBe('accepted')
    const drawn = (mass: string) => ({
      campaign: 'C-6',
      lots: [{ lot: 'R-6', mass, kind: 'residue' }],
      time: at('10:00'),
    })
    const draw = (await run('draw', drawn('1 kg'))).events?.[0]?.eventID
    expect((await fix(start, 'start-campaign', { ...started, place: 'sx2' })).status).toBe(
      'accepted',
    )
    expect(
      (await run('correct', { event: charged.events?.[0]?.eventID, reason: 'did_not_occur' }))
        .status,
    ).toBe('would-break-later-events')
    expect((await fix(draw, 'draw', drawn('1.5 kg'))).status).toBe('accepted')
    expect(await massOfLot('R-6')).toBe(1.5e6)
  })

  it('accepts its example', async () => {
    const entry = commands.find(({ name }) => name === 'correct')
    const [, second] = await ledger.store.read(0, 2)
    const example = { ...(entry?.example as object), event: second?.event.eventID }
    expect(await run('correct', example, { preview: true })).toMatchObject({ status: 'accepted' })
  })
})

describe('roles', () => {
  it('has a place for every command, and the administrator may do all', () => {
    for (const { name } of commands) expect(actions).toContain(`command ${name}`)
    for (const action of actions) expect(mayDo('administrator', action)).toBe(true)
    for (const role of roles) expect(mayDo(role, 'no-such')).toBe(false)
  })

  it('lets the viewer only look, the operator not decide, the laboratory not ship', () => {
    const may = (role: (typeof roles)[number]) => actions.filter((action) => mayDo(role, action))
    expect(may('viewer')).toEqual(['read', 'query', 'export', 'verify', 'tokens'])
    expect(may('operator')).toContain('command ship')
    expect(may('operator')).not.toContain('command release')
    expect(may('operator')).not.toContain('command correct')
    expect(may('operator')).not.toContain('command assay')
    expect(may('laboratory').filter((name) => name.startsWith('command '))).toEqual(
      ['sample', 'assay', 'move', 'label', 'scrap'].map((name) => `command ${name}`),
    )
    expect(may('quality')).toContain('command correct')
    expect(may('quality')).not.toContain('accounts')
  })
})

describe('the site', () => {
  it('is kept, and refused when it is none', async () => {
    const site = { ...unnamedSite, name: 'Lagan Magnets', places: [{ code: 'a', name: 'A' }] }
    await setSite(ledger.store, site)
    expect(await siteOf(ledger.store)).toEqual(site)
    await expect(setSite(ledger.store, { ...site, authority: 'x' })).rejects.toThrow()
    await setSite(ledger.store, unnamedSite)
  })
})
