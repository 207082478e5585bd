import type { RefusalValue } from '@commonhall/shared/errors'

/** A row that was not taken: its line in the sender's file, the field at fault and the reason. Never what the row said. */
export interface ImportRejection {
  readonly line: number
  readonly field: string | null
  readonly code: RefusalValue['code']
  /** Replaces the catalogue's sentence. */
  readonly message: RefusalValue['message']
}

/** What became of the rows of one import. */
export interface ImportReport {
  readonly id: string
  readonly accepted: number
  /** Rows that are in the hub already, with the same content. */
  readonly duplicates: number
  readonly rejected: readonly ImportRejection[]
}

/** A refusal as the report tells it. */
export const rejectionOf = (line: number, { field, code, message }: RefusalValue): ImportRejection => ({ line, field, code, message })

/** A row that names a record which was imported before with other content: the hub keeps what it has. */
export const changedSince = (line: number): ImportRejection => ({
  line,
  field: 'externalId',
  code: 'ALREADY_DONE',
  message: {
    zh: '此编号已导入，但内容不同；平台保留原有内容。',
    en: 'This number was imported before with other content; the hub keeps what it has.',
  },
})
