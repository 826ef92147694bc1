import { createContext, useContext } from 'react'
import type { LedgerInfo } from './said.ts'

export const InfoContext = createContext<LedgerInfo | null>(null)

/** The ledger that the page shows: whose it is, and what the person may do. */
export function useInfo(): LedgerInfo {
  const info = useContext(InfoContext)
  if (info === null) throw new Error('no ledger around')
  return info
}

/** Whether the person may do a command or another action. */
export const useMay = (action: string): boolean => useInfo().may.includes(action)
