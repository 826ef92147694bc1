/** Every command of the ledger, in the order in which a lot meets them. */
import { assay } from './assay.ts'
import { blend } from './blend.ts'
import { charge } from './charge.ts'
import { correctWith } from './correct.ts'
import { draw } from './draw.ts'
import { endCampaign } from './end-campaign.ts'
import { label } from './label.ts'
import { move } from './move.ts'
import { pack } from './pack.ts'
import type { AnyCommand } from './parts/define.ts'
import { receive } from './receive.ts'
import { release } from './release.ts'
import { returnLots } from './return.ts'
import { sample } from './sample.ts'
import { scrap } from './scrap.ts'
import { ship } from './ship.ts'
import { split } from './split.ts'
import { startCampaign } from './start-campaign.ts'
import { stockTake } from './stock-take.ts'
import { unpack } from './unpack.ts'
import { weigh } from './weigh.ts'

const ordinary: readonly AnyCommand[] = [
  receive,
  weigh,
  sample,
  assay,
  startCampaign,
  charge,
  draw,
  endCampaign,
  blend,
  split,
  move,
  pack,
  unpack,
  label,
  release,
  ship,
  returnLots,
  scrap,
  stockTake,
]

export const commands: readonly AnyCommand[] = [...ordinary, correctWith(ordinary)]

export type { AnyCommand }
