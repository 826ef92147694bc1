import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openResults } from './record.ts'

const folder = mkdtempSync(join(tmpdir(), 'didymium-record-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const header = { schema: 'test@1', plant: 'abc', seed: 1 }
let next = 0
const fresh = () => join(folder, `${next++}.ndjson`)

function opened(path: string) {
  const found = openResults(path, header)
  if (!found.ok) throw new Error(found.message)
  return found.file
}

describe('a result file', () => {
  it('gives back what was appended', () => {
    const path = fresh()
    const first = opened(path)
    expect(first.lines).toEqual([])
    first.append([{ draw: 0 }, { draw: 3 }])
    first.append([{ draw: 1 }])
    first.close()
    const again = opened(path)
    expect(again.lines).toEqual([{ draw: 0 }, { draw: 3 }, { draw: 1 }])
    again.close()
  })

  it('takes off a line that was cut short, wherever it was cut, and goes on behind it', () => {
    const path = fresh()
    const first = opened(path)
    first.append([{ draw: 0, values: [1] }])
    first.close()
    const whole = readFileSync(path, 'utf8')
    const line = JSON.stringify({ draw: 1, values: [2, 3] })
    for (let cut = 1; cut <= line.length; cut++) {
      writeFileSync(path, whole)
      appendFileSync(path, line.slice(0, cut))
      const again = opened(path)
      expect(again.lines).toEqual([{ draw: 0, values: [1] }])
      again.append([{ draw: 2 }])
      again.close()
      expect(readFileSync(path, 'utf8')).toBe(`${whole}{"draw":2}\n`)
    }
  })

  it('begins anew where only part of the first line was written', () => {
    const path = fresh()
    writeFileSync(path, JSON.stringify(header).slice(0, 10))
    const file = opened(path)
    expect(file.lines).toEqual([])
    file.close()
    expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(header)}\n`)
  })

  it('refuses what belongs to something else, and leaves it alone', () => {
    const path = fresh()
    opened(path).close()
    const before = readFileSync(path, 'utf8')
    const other = openResults(path, { ...header, seed: 2 })
    expect(other).toEqual({
      ok: false,
      message: `${path}: was made with another seed; name another file`,
    })
    expect(readFileSync(path, 'utf8')).toBe(before)
    for (const text of ['not JSON\n', 'letters without an end', 'a,b\n1,2\n']) {
      writeFileSync(path, text)
      expect(openResults(path, header).ok).toBe(false)
      expect(readFileSync(path, 'utf8')).toBe(text)
    }
    expect(openResults(join(folder, 'none', 'x'), header).ok).toBe(false)
  })
})
