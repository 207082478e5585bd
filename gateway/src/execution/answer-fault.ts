/** An answer that breaks JSON or the protocol; the party is treated as unavailable for this call. The message holds none of its text. */
export class AnswerFault extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'AnswerFault'
  }
}
