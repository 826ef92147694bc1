import fc from 'fast-check'
import { soaking } from './draws.ts'

/** Property tests draw the same cases every time; under `npm run soak` other ones at every run. */
if (!soaking) fc.configureGlobal({ seed: 20_260_101 })
