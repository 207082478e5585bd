import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import { scanForbiddenData } from '@commonhall/shared/protection'

import type { AssentForm } from '../suggestions/index.js'

/** Rows of one call at most: a transaction stays short, and a body far below the gateway's limit. */
export const MAX_ROWS = 200

const LONGEST_KEY = 100
const LONGEST_WITNESS = 60

/** What every import states beside its rows. */
export interface ImportHead {
  readonly community: string
  /** The old system; with `externalId` it says which record a row is, however often it is sent. */
  readonly system: string
  readonly assent?: AssentForm | null
  readonly witness?: string | null
  readonly clientKey?: string | null
}

/** What every row has. */
export interface ImportRow {
  readonly line: number
  readonly externalId: string
}

/** An INVALID_INPUT that says what is wrong with a field, in both languages. */
export const invalid = (field: string, zh: string, en: string): RefusalValue => refuse('INVALID_INPUT', { field, message: { zh, en } })

/**
 * What is wrong with a name under which another system knows something (its own name, or a record's), or null. Pure.
 *
 * An identity card's number is a common key of old tables: the hub never holds one, so it is FORBIDDEN_DATA here, too.
 */
export const faultOfKey = (key: string, field: string): RefusalValue | null => {
  if (key.trim() !== key || key === '' || key.length > LONGEST_KEY || /\p{Cc}/u.test(key))
    return invalid(
      field,
      `${field} 应为 1 到 ${LONGEST_KEY} 个字符，首尾无空格，无控制字符。`,
      `'${field}' must have 1 to ${LONGEST_KEY} characters, no space around and no control characters.`,
    )
  return scanForbiddenData(key).length > 0 ? refuse('FORBIDDEN_DATA', { field }) : null
}

/**
 * What is wrong with a whole import, or null; then no row of it is taken. Pure.
 *
 * ASSENT_MISSING without the form in which the persons agreed, or without the witness of a spoken agreement; INVALID_INPUT for no rows,
 * more than 200, or a name of the system that is none.
 */
export const faultOfBatch = (head: ImportHead, rows: readonly ImportRow[]): RefusalValue | null => {
  const witness = head.witness?.trim() ?? ''
  if (head.assent === null || head.assent === undefined) return refuse('ASSENT_MISSING', { field: 'assent' })
  if (head.assent === 'SPOKEN_WITNESSED' && witness === '') return refuse('ASSENT_MISSING', { field: 'witness' })
  if (witness.length > LONGEST_WITNESS || witness.includes('\u0000'))
    return invalid('witness', `witness 至多 ${LONGEST_WITNESS} 个字符。`, `'witness' may have ${LONGEST_WITNESS} characters.`)
  if (rows.length === 0 || rows.length > MAX_ROWS)
    return invalid('rows', `一次导入 1 到 ${MAX_ROWS} 行。`, `One import takes 1 to ${MAX_ROWS} rows.`)
  return faultOfKey(head.system, 'system')
}
