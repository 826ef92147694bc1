import { createRoute, z } from '@hono/zod-openapi'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { type Progress, verify, type VerifyReport } from '../../../ledger/index.ts'
import { refuse, refused } from '../../errors.ts'
import { audit } from '../../ledger/audit.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { verifySchema } from './documents.ts'
import { yes } from './schemas.ts'

const events = 'text/event-stream'

/** Thrown into long work to stop it. */
const stopped = new Error('stopped')

const query = z.object({
  seq: z.coerce.number().int().min(0).optional(),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .openapi({ description: 'with seq: a head that was written down before' }),
  derived: yes.openapi({ description: '1: fold every lot anew and compare' }),
})

/** What of a question `verify` takes. */
function optionsOf({ seq, hash, derived = false }: z.infer<typeof query>) {
  const head = seq === undefined || hash === undefined ? {} : { head: { seq, hash } }
  return { checkDerived: derived, ...head }
}

export const verifyLog = ledgerRoute({
  needs: 'verify',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/verify',
    summary: 'Computes every hash of the log anew; as events to who asks for progress',
    description:
      'With Accept: text/event-stream the answer is server-sent events: progress { done, total }, ' +
      'then end with the report, or failed with an error. Otherwise the report, or 504 after the ' +
      'time that one answer may take.',
    request: { query },
    responses: {
      200: {
        description: 'the report',
        content: {
          'application/json': { schema: verifySchema },
          [events]: { schema: z.string() },
        },
      },
      ...ledgerRefusals('busy', 'time-limit'),
    },
  }),
  handler: async (c) => {
    const { ledger, serving } = c.var
    const { limits, long } = serving.ledger
    const options = optionsOf(c.req.valid('query'))
    if (long.underWay >= limits.atOnce) {
      return refuse(c, refused('busy', 'as many checks run as may', 'ask again later'))
    }
    const isFollowed = c.req.header('accept')?.includes(events) === true
    // Who sees how far it is may wait longer.
    const most = limits.long * (isFollowed ? 10 : 1)
    const end = Date.now() + most
    const check = async (told: Progress): Promise<VerifyReport | undefined> => {
      long.underWay++
      try {
        return await verify(ledger, options, (done, total) => {
          if (serving.closing.aborted || Date.now() > end) throw stopped
          told(done, total)
        })
      } catch (error) {
        if (error === stopped) return undefined
        throw error
      } finally {
        long.underWay--
      }
    }
    const late = refused('time-limit', `not done after ${most / 1000} s`, 'the terminal')
    const say = (report: VerifyReport | undefined) =>
      audit(c, {
        action: 'verify',
        subject: String(report?.records ?? 0),
        outcome: report === undefined ? late.code : report.isSound ? 'accepted' : 'unsound',
        detail: report?.fault?.message ?? '',
      })
    if (!isFollowed) {
      const report = await check(() => undefined)
      await say(report)
      return report === undefined ? refuse(c, late) : c.json(report, 200)
    }
    const broken = async (_error: Error, stream: SSEStreamingApi) => {
      const data = JSON.stringify(refused('fault', 'the program failed at this'))
      await stream.writeSSE({ event: 'failed', data })
    }
    const follow = async (stream: SSEStreamingApi) => {
      let told = 0
      const report = await check((done, total) => {
        if (stream.aborted) throw stopped
        if (Date.now() - told < 200) return
        told = Date.now()
        void stream.writeSSE({ event: 'progress', data: JSON.stringify({ done, total }) })
      })
      await say(report)
      const [event, data] = report === undefined ? ['failed', late] : ['end', report]
      await stream.writeSSE({ event, data: JSON.stringify(data) })
    }
    return streamSSE(c, follow, broken)
  },
})
