import { createRoute, z } from '@hono/zod-openapi'
import {
  type AssayChange,
  assayInput,
  catchUp,
  conditions,
  type LotState,
  previewAssays,
  readAssayTable,
  statuses,
  type TableDefaults,
} from '../../../ledger/index.ts'
import { refuse, refused } from '../../errors.ts'
import { audit } from '../../ledger/audit.ts'
import type { OpenLedger } from '../../ledger/door.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { rowsOf } from '../../ledger/table-text.ts'
import { json, jsonBody } from '../../schemas.ts'
import { runFor } from './commands.ts'
import { recordOf, yes } from './schemas.ts'

const mostRows = 20_000
const word = z.string().min(1).max(200).optional()

const assayTableSchema = z
  .strictObject({
    text: z.string().max(4_000_000).optional().openapi({
      description: 'CSV, or cells as they were copied from a spreadsheet',
    }),
    rows: z
      .array(z.array(z.string().max(1000)).max(300))
      .max(mostRows)
      .optional()
      .openapi({ description: 'cells of a table, instead of text' }),
    defaults: z
      .strictObject({
        laboratory: word,
        method: word,
        time: word,
        status: z.enum(['provisional', 'final']).optional(),
        condition: z.enum(conditions).optional(),
        k: z.number().positive().max(10).optional(),
      })
      .default({})
      .openapi({ description: 'what holds where the table does not say' }),
  })
  .openapi('AssayTable')

export const assayAnswerSchema = z
  .object({
    preview: z.boolean().openapi({ description: 'true: nothing was kept' }),
    changes: z.array(recordOf<AssayChange>('AssayChange', 'One result beside the one before.')),
    assays: z.array(
      z.object({
        lot: z.string(),
        row: z.number(),
        status: z.enum(statuses),
        detail: z.string(),
        expected: z.string(),
        event: z.string().nullable(),
      }),
    ),
    accepted: z.number(),
    refused: z.number(),
  })
  .openapi('AssayAnswer')

/** Lots by the code or URI that a table names. */
async function lotsNamed(ledger: OpenLedger, refs: readonly string[]) {
  await catchUp(ledger)
  const uris = await ledger.store.lotsByCode(refs)
  const states = await ledger.store.lots([...new Set([...refs, ...uris.values()])])
  const named = new Map<string, LotState>()
  for (const ref of refs) {
    const state = states.get(uris.get(ref) ?? ref)
    if (state !== undefined) named.set(ref, state)
  }
  return named
}

/** Defaults without the fields that nobody stated. */
const stated = (defaults: object) =>
  Object.fromEntries(
    Object.entries(defaults).filter(([, value]) => value !== undefined),
  ) as TableDefaults

export const addAssays = ledgerRoute({
  needs: 'import-assays',
  route: createRoute({
    method: 'post',
    path: '/api/ledger/assays',
    summary: 'Takes a table of a laboratory: each lot of it is one command assay',
    request: { query: z.object({ preview: yes }), body: jsonBody(assayTableSchema) },
    responses: {
      200: json(assayAnswerSchema, 'what was kept, or would be, lot by lot'),
      ...ledgerRefusals('refused-table', 'too-large'),
    },
  }),
  handler: async (c) => {
    const { ledger } = c.var
    const { text = '', rows = rowsOf(text), defaults } = c.req.valid('json')
    const { preview = false } = c.req.valid('query')
    const { assays, problems } = readAssayTable(rows, stated(defaults))
    if (problems.length > 0) {
      const told = problems.slice(0, 200).map(({ row, column, message, expected }) => ({
        path: `row ${row}, column ${column}`,
        message,
        expected,
      }))
      const outcome = 'refused-table'
      const [first] = told
      if (!preview) {
        await audit(c, {
          action: 'import-assays',
          subject: '',
          outcome,
          detail: first?.message ?? '',
        })
      }
      const message = first === undefined ? '' : `${first.path}: ${first.message}`
      return refuse(c, refused(outcome, message, first?.expected ?? '', { problems: told }))
    }
    const lots = await lotsNamed(
      ledger,
      assays.map(({ lot }) => lot),
    )
    const changes = [...previewAssays(assays, lots)]
    const done = []
    for (const assay of assays) {
      const outcome = await runFor(c, 'assay', assayInput(assay), preview)
      const { status, detail = '', expected = '', problems: wrong = [] } = outcome
      done.push({
        lot: assay.lot,
        row: assay.row,
        status,
        detail: detail === '' ? wrong.map(({ message }) => message).join('; ') : detail,
        expected,
        event: outcome.events?.[0]?.eventID ?? null,
      })
    }
    const accepted = done.filter(({ status }) => status === 'accepted').length
    return c.json(
      { preview, changes, assays: done, accepted, refused: done.length - accepted },
      200,
    )
  },
})
