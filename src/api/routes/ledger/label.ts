import { createRoute, z } from '@hono/zod-openapi'
import { codeOf, siteOf } from '../../../ledger/index.ts'
import { refuse } from '../../errors.ts'
import type { OpenLedger } from '../../ledger/door.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { picture, print, sendPicture, sendPrint } from '../../ledger/files.ts'
import { fonts } from '../../ledger/fonts.ts'
import { lotNamed, noLot } from '../../ledger/lots.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { reference } from './schemas.ts'

const query = z.object({ lot: reference('a lot') })

/** What a label says of a lot; undefined for one that nobody knows. */
async function labelled(ledger: OpenLedger, ref: string) {
  const uri = await lotNamed(ledger, ref)
  const state = uri === undefined ? undefined : (await ledger.store.lots([uri])).get(uri)
  if (state === undefined) return undefined
  const { code = codeOf(state.uri), kind = 'intermediate', product, grade } = state.master ?? {}
  return {
    uri: state.uri,
    code,
    kind,
    ...(product === undefined ? {} : { product }),
    ...(grade === undefined ? {} : { grade }),
    mg: state.mg,
    time: state.first.time,
  }
}

export const drawLabel = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/label.svg',
    summary: 'A label of 100 by 60 mm with a QR code of the URI of the lot',
    request: { query },
    responses: { 200: picture('the label'), ...ledgerRefusals('not-found') },
  }),
  handler: async (c) => {
    const { lot } = c.req.valid('query')
    const label = await labelled(c.var.ledger, lot)
    if (label === undefined) return refuse(c, noLot(lot))
    const site = await siteOf(c.var.ledger.store)
    const { labelSvg } = await import('../../../report/ledger/paper.ts')
    return sendPicture(c, labelSvg(label, site), `label-${label.code}`)
  },
})

export const printLabel = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/label.pdf',
    summary: 'The label as a page of its size',
    request: { query },
    responses: { 200: print('the label'), ...ledgerRefusals('not-found') },
  }),
  handler: async (c) => {
    const { ledger } = c.var
    const { lot } = c.req.valid('query')
    const label = await labelled(ledger, lot)
    if (label === undefined) return refuse(c, noLot(lot))
    const date = new Date(ledger.now())
    const { labelPdf } = await import('../../../report/ledger/paper.ts')
    const pdf = await labelPdf(label, await siteOf(ledger.store), { fonts: fonts(), date })
    return sendPrint(c, pdf, `label-${label.code}`)
  },
})
