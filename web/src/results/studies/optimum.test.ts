import { describe, expect, it } from 'vitest'
import { problemOf, questionOf, takenOver, type AskedOptimum } from './optimum.ts'

const asked: AskedOptimum = {
  freedoms: [
    { path: 'sx1.organicFlow', unit: 'L/h', low: '18', high: '22' },
    { path: 'sx1.sections[0].stages', unit: '', low: '6', high: '10' },
  ],
  sense: 'maximise',
  objective: ' recovery Nd ',
  requirements: 'product a reoOfTreo >= 99 %\n\n recovery Pr >= 95 % ',
  evaluations: 100,
}

const found = (path: string, unit: string, value: number) => ({
  path,
  unit,
  value,
  before: 0,
  low: 0,
  high: 1,
  binds: null,
})

describe('a question for an optimum', () => {
  it('is written as the terminal reads it', () => {
    expect(questionOf(asked)).toEqual({
      vary: ['sx1.organicFlow=18..22 L/h', 'sx1.sections[0].stages=6..10'],
      maximise: 'recovery Nd',
      require: ['product a reoOfTreo >= 99 %', 'recovery Pr >= 95 %'],
      evaluations: 100,
    })
  })

  it('says what is missing', () => {
    expect(problemOf(asked)).toBe('')
    expect(problemOf({ ...asked, freedoms: [] })).toMatch(/Add a parameter/)
    const [first] = asked.freedoms
    const empty = first === undefined ? [] : [{ ...first, low: '30' }]
    expect(problemOf({ ...asked, freedoms: empty })).toMatch(/bounds of sx1.organicFlow/)
    expect(problemOf({ ...asked, objective: ' ' })).toMatch(/objective/)
  })
})

describe('taking over', () => {
  const text = 'a: 10 L/h # first\nb: 5\n'
  const places = new Map([
    ['u.a', [3, 9] as const],
    ['u.b', [21, 22] as const],
  ])
  it('writes every value over its own text and keeps the rest', () => {
    const report = [found('u.a', 'L/h', 11.234567891), found('u.b', '', 7)]
    expect(takenOver(text, places, report)).toBe('a: 11.23457 L/h # first\nb: 7\n')
  })

  it('does nothing where a parameter is not in the text', () => {
    expect(takenOver(text, places, [found('u.c', '', 7)])).toBeUndefined()
  })
})
