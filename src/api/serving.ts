import type { OpenAPIRoute, RouteConfig } from '@hono/zod-openapi'
import { documentLimits } from '../scenario/index.ts'
import type { PlantTexts, Workers } from '../jobs/index.ts'
import type { LedgerServing } from './ledger/serving.ts'
import type { Access } from './access.ts'
import { refused } from './errors.ts'
import type { PlantFolder } from './folder.ts'
import type { Jobs } from './jobs.ts'

/** What the routes answer from. */
export interface Serving {
  readonly version: string
  readonly folder: PlantFolder
  readonly workers: Workers
  readonly jobs: Jobs
  readonly access: Access
  readonly ledger: LedgerServing
  /** Solutions that may be under way at once, and milliseconds that one may take. */
  readonly solving: { readonly most: number; readonly time: number; underWay: number }
  /** Ends what waits when the server closes. */
  readonly closing: AbortSignal
}

export interface ApiEnv {
  readonly Variables: { readonly serving: Serving }
}

/** A route of the contract with what answers it. */
export const answered = <R extends RouteConfig>(
  definition: Pick<OpenAPIRoute<R, ApiEnv>, 'route' | 'handler'>,
) => definition

/** The texts of a request as workers take them, or the refusal of what is too large. */
export function textsOf(plant: {
  readonly text: string
  readonly name: string
  readonly sets: Readonly<Record<string, string>>
}): PlantTexts | ReturnType<typeof tooLarge> {
  const { text, name, sets } = plant
  const large = [text, ...Object.values(sets)].some((one) => isTooLarge(one))
  return large ? tooLarge() : { plant: text, file: name, sets }
}

export const isTooLarge = (text: string) => Buffer.byteLength(text) > documentLimits.bytes

export const tooLarge = () =>
  refused('too-large', 'the text is too large', `at most ${documentLimits.bytes} bytes each`)
