/** What the author says about the result; the only source of satisfaction. */
export interface Outcome {
  readonly suggestionId: string
  readonly resolved: boolean
  readonly score: number
  readonly comment: string | null
  readonly at: Date
}

/** The author says that it is not done. */
export interface Reopening {
  readonly suggestionId: string
  readonly reason: string
  readonly at: Date
}
