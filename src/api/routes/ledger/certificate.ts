import { createRoute, z } from '@hono/zod-openapi'
import { bank } from '../../../databank/index.ts'
import {
  type Certificate,
  certificateOf,
  type Specification,
  specificationOf,
} from '../../../ledger/index.ts'
import { refuse, refused } from '../../errors.ts'
import { audit } from '../../ledger/audit.ts'
import type { OpenLedger } from '../../ledger/door.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { print, sendPrint } from '../../ledger/files.ts'
import { fonts } from '../../ledger/fonts.ts'
import { lotNamed, noLot } from '../../ledger/lots.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { json } from '../../schemas.ts'
import { certificateSchema, specificationListSchema } from './documents.ts'
import { reference } from './schemas.ts'

/** Grades of the databank, as specifications. */
const specifications = (): readonly Specification[] => bank.products.map(specificationOf)

export const listSpecifications = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/specifications',
    summary: 'What products have to be, as published',
    responses: { 200: json(specificationListSchema, 'specifications'), ...ledgerRefusals() },
  }),
  handler: (c) => c.json({ specifications: [...specifications()] }, 200),
})

const query = z.object({
  lot: reference('a lot'),
  spec: z.string().max(1000).optional().openapi({ description: 'ids, with commas between them' }),
})

const noSpecification = (id: string) =>
  refused('not-found', `no specification ${id}`, 'an id of /api/ledger/specifications')

/** The certificate of a lot, or why there is none. */
async function certificateFor(
  ledger: OpenLedger,
  { lot: ref, spec = '' }: z.infer<typeof query>,
): Promise<Certificate | ReturnType<typeof noLot>> {
  const lot = await lotNamed(ledger, ref)
  if (lot === undefined) return noLot(ref)
  const known = new Map(specifications().map((one) => [one.id, one]))
  const wanted: Specification[] = []
  for (const id of spec.split(',').filter((one) => one !== '')) {
    const found = known.get(id)
    if (found === undefined) return noSpecification(id)
    wanted.push(found)
  }
  return certificateOf(ledger, lot, wanted)
}

const isRefused = (
  found: Certificate | ReturnType<typeof noLot>,
): found is ReturnType<typeof noLot> => 'message' in found

export const readCertificate = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/certificate',
    summary: 'What the laboratory says of a lot, beside specifications',
    request: { query },
    responses: { 200: json(certificateSchema, 'the analysis'), ...ledgerRefusals('not-found') },
  }),
  handler: async (c) => {
    const found = await certificateFor(c.var.ledger, c.req.valid('query'))
    return isRefused(found) ? refuse(c, found) : c.json(found, 200)
  },
})

export const printCertificate = ledgerRoute({
  needs: 'certificate',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/certificate.pdf',
    summary: 'The certificate to give to a customer; who made it is kept',
    request: { query },
    responses: { 200: print('the certificate'), ...ledgerRefusals('not-found') },
  }),
  handler: async (c) => {
    const found = await certificateFor(c.var.ledger, c.req.valid('query'))
    if (isRefused(found)) return refuse(c, found)
    const { certificatePdf } = await import('../../../report/ledger/paper.ts')
    const pdf = await certificatePdf(found, { fonts: fonts(), date: new Date(found.issued) })
    const detail = found.conformity
      .map(({ specification, verdict }) => `${specification.id} ${verdict}`)
      .join(', ')
    await audit(c, { action: 'certificate', subject: found.lot, outcome: 'accepted', detail })
    return sendPrint(c, pdf, `certificate-${found.code}`)
  },
})
