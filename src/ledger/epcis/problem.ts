/** What is wrong with a document or an event, where, and what would be right. */
export interface Problem {
  /** From the root of what was checked: epcisBody.eventList[2].bizStep. */
  readonly path: string
  readonly message: string
  readonly expected: string
}
