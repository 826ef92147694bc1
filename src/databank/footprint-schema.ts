import * as z from 'zod'

/** `data/footprint/*.json`: emission factors and what is compared with them. */
export const footprintFileSchema = () => z.looseObject({ about: z.exactOptional(z.string()) })

export type FootprintFile = z.output<ReturnType<typeof footprintFileSchema>>
