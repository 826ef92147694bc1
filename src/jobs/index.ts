export { runUncertainty } from './uncertainty.ts'
export { openWorkers } from './workers.ts'
export type { Workers } from './workers.ts'
export type { Answered, PlantTexts, Unanswered } from './answers.ts'
