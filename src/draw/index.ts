export { elementColour, elementOrder } from './palette.ts'
export { drawPfd, type Drawing } from './pfd.ts'
export { drawingOf, plotSolution } from './plot-solution.ts'
export { drawStageProfile, type StageProfile } from './stage-profile.ts'
