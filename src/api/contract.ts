/**
 * What a page or a program in TypeScript knows of the API: types only, all of them derived from the
 * routes. The same as a document, for everyone else: `/api/openapi.json`.
 */
import type { z } from '@hono/zod-openapi'
import type { jobRequest } from './schemas.ts'

export type { Api } from './app.ts'
export type { ErrorBody, ErrorCode } from './errors.ts'
export type { ListedPlant, OpenedPlant } from './folder.ts'
export type { Job, JobEvent, JobState } from './jobs.ts'

/** What `POST /api/jobs` takes. */
export type JobAsked = z.input<typeof jobRequest>
