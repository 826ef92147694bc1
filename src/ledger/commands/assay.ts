import * as z from 'zod'
import { needsOf, oldLot, openCase, refuse, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { assayReports, readResults, resultFields, type Result } from './parts/assay.ts'
import { eventBase, own, present } from './parts/events.ts'
import { commonFields, documentField, lotField, shortText } from './parts/fields.ts'
import { conditions } from '../lot.ts'
import { codeOf, uriOf } from '../uris.ts'

const input = z
  .strictObject({
    lot: lotField.describe('code or URI of the lot, or of the sample, that was analysed'),
    results: z.array(z.strictObject(resultFields)).min(1).max(200).describe('one line an analyte'),
    condition: z
      .enum(conditions)
      .describe('wet: fractions of the material as it is; dry: of what is left without moisture'),
    status: z
      .enum(['provisional', 'final'])
      .describe('a final result counts before a provisional one; final if left out')
      .optional(),
    method: shortText.describe('method of all lines that name none').optional(),
    laboratory: shortText.describe('who analysed it').optional(),
    k: resultFields.k,
    report: documentField.describe("number or URI of the laboratory's report").optional(),
    ...commonFields,
  })
  .superRefine((said, context) => {
    const read = readResults(said)
    for (const { line, field, message } of read.problems) {
      context.addIssue({ code: 'custom', path: ['results', line, field], message })
    }
  })

/** A sample speaks for the lot that it was taken from. */
export const assay = defineCommand<z.infer<typeof input>>({
  name: 'assay',
  about: 'A laboratory says what a lot, or a sample of it, is made of.',
  roles: ['laboratory', 'quality'],
  input,
  example: {
    lot: 'F-2026-0001',
    condition: 'wet',
    method: 'ICP-OES',
    laboratory: 'site laboratory',
    results: [
      { analyte: 'Nd', value: '22.4 ± 0.3 %' },
      { analyte: 'Pr', value: '5.1 ± 0.1 %' },
      { analyte: 'Dy2O3', value: '1.2 %', u: '0.04 %' },
      { analyte: 'Tb', value: '< 50 ppm' },
      { analyte: 'H2O', value: '8.5 ± 0.2 %', method: 'loss at 105 degC' },
    ],
    time: '2026-03-02T15:00:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: [said.lot] }),
  judge: (said, known) => {
    const c = openCase('assay', said, known)
    const state = oldLot(c, said.lot)
    const isSample = state?.master?.kind === 'sample'
    const parent = state?.master?.sampleOf
    if (isSample && parent === undefined) {
      const detail = `Nobody has said which lot sample ${codeOf(state.uri)} was taken from.`
      refuse(c, 'unknown-lot', detail, 'A sample that was taken with the command sample.')
    }
    const uri = state?.uri ?? ''
    const results: readonly Result[] = readResults(said).results
    return settle(c, () => [
      {
        ...eventBase(c),
        type: 'ObjectEvent',
        action: 'OBSERVE',
        bizStep: 'inspecting',
        quantityList: [uri, ...(parent === undefined ? [] : [parent])].map((epcClass) => ({
          epcClass,
        })),
        sensorElementList: [{ sensorReport: assayReports(results) }],
        ...own({
          analysis: present({
            lot: parent ?? uri,
            sample: parent === undefined ? undefined : uri,
            report:
              said.report === undefined ? undefined : uriOf(known.site, 'document', said.report),
          }),
        }),
      },
    ])
  },
})
