import { resolve } from 'node:path'
import type { StorePlace } from '../../store/place.ts'

/** The folder of a ledger where nobody names one. */
export const usualFolder = 'didymium-data'

/** Where the ledger is: what is said, else the database or the folder of the environment. */
export function placeOf({ data }: { readonly data?: string }): StorePlace {
  if (data !== undefined) return { folder: resolve(data) }
  const url = process.env['DATABASE_URL']
  if (url !== undefined && url !== '') return { databaseUrl: url }
  const folder = process.env['DIDYMIUM_DATA']
  return { folder: resolve(folder === undefined || folder === '' ? usualFolder : folder) }
}

/** How messages name a place; of a database no password is shown. */
export function placeText(place: StorePlace): string {
  if ('folder' in place) return place.folder
  return place.databaseUrl.replace(/\/\/([^:@/]*):[^@/]*@/, '//$1@')
}
