import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'

const folder = new URL('../../examples/', import.meta.url)

/** What a program of `examples/` prints. */
async function printed(name: string): Promise<string> {
  const lines: string[] = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  await import(new URL(`${name}.ts`, folder).href)
  return lines.join('\n')
}
afterEach(() => vi.restoreAllMocks())

const numbers = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map((match) => Number(match[1]))

describe('examples', () => {
  it('acid-demand: roasting saves most of the acid, and all of the hydrogen', async () => {
    const text = await printed('acid-demand')
    const [whole = 0, selective = 0] = numbers(text, /([\d.]+) mol HCl/g)
    expect(whole).toBeGreaterThan(10)
    expect(selective).toBeGreaterThan(3)
    expect(selective).toBeLessThan(5)
    const [metal = 0, roasted = 0] = numbers(text, /([\d.]+) mol H2/g)
    expect(metal).toBeGreaterThan(5)
    expect(roasted).toBe(0)
  })

  it('didymium-limit: a limit below which the product meets, above which it fails', async () => {
    const text = await printed('didymium-limit')
    const [low = 0, at = 0, beyond = 0] = numbers(text, /: ([\d.]+) % \(Nd \+ Pr\)/g)
    expect(low).toBeGreaterThan(at)
    expect(at).toBeGreaterThanOrEqual(99.8)
    expect(beyond).toBeLessThan(99.8)
  }, 240_000)

  it('feed-purity: what the feed brings is in the oxide', async () => {
    const text = await printed('feed-purity')
    const [clean = 0, heavy = 0, cerium = 0] = numbers(text, /([\d.]+) % \(Nd \+ Pr\)/g)
    expect(clean).toBeGreaterThan(99.9)
    // Oxides of the feed itself: (Nd + Pr)/TREO of 18.0 Nd, 4.6 Pr, 2.1 Dy, 0.4 Tb.
    expect(heavy).toBeCloseTo(90.1, 0)
    expect(cerium).toBeLessThan(90)
    expect(text).toMatch(/magnets with cerium: .* specification not met\n.*CeO2/)
  })

  it('how-many-stages: more stages, purer terbium', async () => {
    const text = await printed('how-many-stages')
    const purities = numbers(text, /Tb ([\d.]+) %/g)
    expect(purities.length).toBeGreaterThan(3)
    expect(purities).toEqual([...purities].sort((a, b) => a - b))
    expect(purities.at(-1)).toBeGreaterThan(99)
  })

  it('iron-removal-ph: iron falls and rare earth loss rises with pH', async () => {
    const rows = (await printed('iron-removal-ph')).split('\n').slice(1)
    const columns = rows.map((row) => row.match(/[\d.]+/g)?.map(Number) ?? [])
    const [first = [], last = []] = [columns[0], columns.at(-1)]
    expect(rows.length).toBeGreaterThan(8)
    expect(last[1]).toBeLessThan((first[1] ?? 0) / 5)
    expect(last[2]).toBeGreaterThan(first[2] ?? 1)
    expect(last[3]).toBeGreaterThan(first[3] ?? 1)
  })

  it('where-dysprosium-goes: all of it is found', async () => {
    const text = await printed('where-dysprosium-goes')
    expect(text).toMatch(/dysprosium-oxide \(\S+\): [\d.]+ kg\/y, [89]\d\.\d\d %/)
    const [gap = 1] = numbers(text, /in minus out: (\S+) %/g)
    expect(gap).toBeLessThan(1e-7)
  }, 120_000)

  it('which-extractant-set: every set that knows both metals, the best first', async () => {
    const text = await printed('which-extractant-set')
    const ids = text
      .split('\n')
      .slice(1)
      .map((line) => line.split(' ')[0])
    expect(ids).toEqual(expect.arrayContaining(['PC88A-T21', 'PC88A-T21-NdPr', 'PC88A-LI87-cube']))
    const [best = 9, ...others] = numbers(text, /Pr ([\d.]+)/g)
    expect(best).toBeLessThan(0.6)
    expect(others.length).toBeGreaterThan(3)
  })

  it('break-even-recovery: dearer products forgive more loss', async () => {
    const text = await printed('break-even-recovery')
    const [solved = 0, now = 0, later = 0] = numbers(text, /([\d.]+) %/g)
    expect(solved).toBeGreaterThan(93)
    expect(later).toBeLessThan(0.7 * now)
    expect(later).toBeGreaterThan(20)
  }, 60_000)

  it('does-nd-pr-pay: two plants, one without the circuit, its salt and its capital', async () => {
    const text = await printed('does-nd-pr-pay')
    const [dear = 0, cheap = 0] = numbers(text, /capital ([\d.]+) MUSD/g)
    const [salty = 0, less = 0] = numbers(text, /salt (\d+) t/g)
    const [worth = 0, other = 0] = numbers(text, /value (-?[\d.]+) MUSD/g)
    const [gain = 0] = numbers(text, /circuit (?:earns|costs) ([\d.]+) MUSD/g)
    expect(cheap).toBeLessThan(0.7 * dear)
    expect(less).toBeLessThan(0.6 * salty)
    expect(gain).toBeCloseTo(Math.abs(worth - other), 1)
  }, 60_000)

  it('caustic-or-ammonia: the same moles of base, and what may be spent on the effluent', async () => {
    const text = await printed('caustic-or-ammonia')
    const [soda = 0] = numbers(text, /caustic soda: (\d+) USD/g)
    const [ammonia = 0] = numbers(text, /ammonia: (\d+) USD/g)
    const [volume = 0] = numbers(text, /effluent: (\d+) m3/g)
    const [limit = 0] = numbers(text, /than ([\d.]+) USD\/m3/g)
    expect(ammonia).toBeLessThan(soda)
    expect(limit).toBeCloseTo((soda - ammonia) / volume, 1)
  }, 60_000)

  it('what-disposal-costs: a hazardous residue is dearer than an ordinary one', async () => {
    const text = await printed('what-disposal-costs')
    const [hazardous = 0, ordinary = 9] = numbers(text, /waste: ([\d.]+) MUSD/g)
    expect(ordinary).toBeLessThan(hazardous)
    expect(numbers(text, /value less ([\d.]+) MUSD/g)[0]).toBeGreaterThan(0)
  }, 60_000)

  it('what-safety-costs: a line that is relieved of tax takes less than itself', async () => {
    const text = await printed('what-safety-costs')
    expect(text).toMatch(/permits: [\d.]+ MUSD/)
    expect(text).toMatch(/explosion-protection: [\d.]+ MUSD/)
    const [lost = 0] = numbers(text, /takes ([\d.]+) MUSD/g)
    expect(lost).toBeGreaterThan(0.6)
    expect(lost).toBeLessThan(1)
  }, 60_000)

  it('where-neodymium-came-from: by mass of neodymium, the unknown said', async () => {
    const text = await printed('where-neodymium-came-from')
    const [pre = 0, post = 0, unknown = 0] = numbers(text, /([\d.]+) %/g)
    // 120 kg of 22.8 %, 80 kg of 21.0 % and 20 kg of 23.0 % hold 48.76 kg.
    expect(post).toBeCloseTo((100 * 27.36) / 48.76, 1)
    expect(pre).toBeCloseTo((100 * 16.8) / 48.76, 1)
    expect(unknown).toBeCloseTo((100 * 4.6) / 48.76, 1)
  })

  it('there are at least six, each short, each with a test here', () => {
    const names = readdirSync(folder).flatMap((file) =>
      file.endsWith('.ts') ? [file.slice(0, -3)] : [],
    )
    expect(names.length).toBeGreaterThanOrEqual(6)
    const tests = readFileSync(new URL(import.meta.url), 'utf8')
    for (const name of names) {
      expect(tests).toContain(`printed('${name}')`)
      const source = readFileSync(new URL(`${name}.ts`, folder), 'utf8')
      expect(source).toMatch(/^\/\*\*\n \* .*\?\n \*\n/)
      expect(source.split('\n').length, name).toBeLessThanOrEqual(68)
    }
  })
})
