/** A handler's question to the author, as the department told it; its words stay with the department. */
export interface CaseQuestion {
  readonly id: string
  readonly suggestionId: string
  readonly handlingId: string
  readonly pausedUntil: Date
}

/** The author's answer. */
export interface CaseAnswer {
  readonly id: string
  readonly questionId: string
  readonly suggestionId: string
  readonly text: string
  readonly at: Date
  /** This copy goes to somebody who proved to be the author. */
  readonly readByAuthor?: true
}
