import { runHowTo } from './how-to.ts'

runHowTo(5)
