export { runUncertainty } from './uncertainty.ts'
