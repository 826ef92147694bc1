import { describe, expect, it } from 'vitest'
import { draftOf, emptyDraft, fieldsOf, valueOf, wordsOf, type Shape } from './schema.ts'

const schema = {
  type: 'object',
  properties: {
    lot: { type: 'string', description: 'its code' },
    kind: { enum: ['feed', 'product'], type: 'string' },
    time: { type: 'string' },
    mass: { anyOf: [{ type: 'string' }, { type: 'number' }] },
    share: { type: 'number' },
    isFinal: { type: 'boolean' },
    parts: { type: 'array', items: { $ref: '#/$defs/part' } },
    extra: { type: 'object', additionalProperties: { type: 'string' } },
  },
  required: ['lot', 'parts'],
  $defs: {
    part: {
      type: 'object',
      properties: { lot: { type: 'string' }, mass: { type: 'string' } },
      required: ['lot'],
    },
  },
}

const shape: Shape = { kind: 'group', fields: fieldsOf(schema) }

describe('a form made of a schema', () => {
  it('has a field for everything that the schema asks for', () => {
    const kinds = fieldsOf(schema).map((field) => [field.name, field.shape.kind, field.isRequired])
    expect(kinds).toEqual([
      ['lot', 'text', true],
      ['kind', 'choice', false],
      ['time', 'time', false],
      ['mass', 'text', false],
      ['share', 'number', false],
      ['isFinal', 'flag', false],
      ['parts', 'list', true],
      ['extra', 'json', false],
    ])
    expect(fieldsOf(schema)[0]?.about).toBe('its code')
    expect(fieldsOf(schema)[6]?.shape).toMatchObject({ item: { kind: 'group' } })
  })

  it('reads back what was filled in, and leaves out what was not', () => {
    const input = {
      lot: 'F-1',
      kind: 'feed',
      mass: '12.5 kg',
      share: 0.25,
      isFinal: true,
      parts: [{ lot: 'F-2', mass: '1 kg' }, { lot: 'F-3' }],
      extra: { a: 'b' },
    }
    expect(valueOf(shape, draftOf(shape, input))).toEqual(input)
    expect(valueOf(shape, emptyDraft(shape))).toBeUndefined()
  })

  it('passes on what is no number, so that the server says what is wrong with it', () => {
    const draft = { ...(draftOf(shape, { lot: 'F-1' }) as object), share: ' a third ' }
    expect(valueOf(shape, draft)).toEqual({ lot: 'F-1', share: 'a third' })
  })

  it('holds the input of the command that is named beside it', () => {
    const inner: Shape = { kind: 'group', fields: fieldsOf(schema) }
    const correct = {
      type: 'object',
      properties: {
        instead: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              command: { type: 'string', enum: ['receive'] },
              input: { type: 'object', properties: {}, additionalProperties: {} },
            },
          },
        },
      },
    }
    const fields = fieldsOf(correct, new Map([['receive', inner]]))
    const input = { instead: [{ command: 'receive', input: { lot: 'F-1', share: 0.5 } }] }
    const whole: Shape = { kind: 'group', fields }
    expect(valueOf(whole, draftOf(whole, input))).toEqual(input)
    expect(fieldsOf(correct)[0]?.shape).toMatchObject({
      item: { fields: [{ name: 'command' }, { name: 'input', shape: { kind: 'json' } }] },
    })
  })

  it('says names as words', () => {
    expect(wordsOf('recycledContent')).toBe('recycled content')
  })
})
