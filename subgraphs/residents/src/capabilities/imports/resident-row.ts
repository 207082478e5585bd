import { refuse, type RefusalValue } from '@commonhall/shared/errors'

import { faultOfText, LONGEST } from '../../text-rules.js'
import { isBirthYear } from '../residents/index.js'
import { invalid, type ImportRow } from './import-batch.js'
import type { RowGrid } from './suggestion-row.js'

/** A person of the committee's roll, as its table says it. */
export interface ResidentRow extends ImportRow {
  readonly name?: string | null
  readonly birthYear?: number | null
  readonly contact?: string | null
  readonly cell?: string | null
}

/** A row that may become a profile. */
export interface ResidentDraft {
  readonly name: string | null
  readonly birthYear: number | null
  readonly contact: string | null
  readonly cellId: string | null
}

const NOT_IN_COMMUNITY = { zh: '本社区没有此网格。', en: 'The community has no such cell.' } as const

/** The text of a cell, or null when it says nothing. */
const said = (text: string | null | undefined): string | null => text?.trim() || null

/** Reads one row, or says why it becomes no profile: the rules of `registerResident`; the cell by id or by number. Pure. */
export const readResidentRow = (
  row: ResidentRow,
  { communityId, grid, year }: { readonly communityId: string; readonly grid: RowGrid; readonly year: number },
): ResidentDraft | RefusalValue => {
  const [name, contact, cell, birthYear] = [said(row.name), said(row.contact), said(row.cell), row.birthYear ?? null]
  const nameFault = faultOfText(name, 'name', LONGEST.name)
  if (nameFault?.code === 'INVALID_INPUT')
    return invalid('name', `称呼至多 ${LONGEST.name} 个字符。`, `The name may have ${LONGEST.name} characters.`)
  const contactFault = faultOfText(contact, 'contact', LONGEST.contact)
  if (contactFault?.code === 'INVALID_INPUT')
    return invalid('contact', `联系方式至多 ${LONGEST.contact} 个字符。`, `The contact may have ${LONGEST.contact} characters.`)
  const fault = nameFault ?? contactFault
  if (fault !== null) return fault
  if (birthYear !== null && !isBirthYear(birthYear, year))
    return invalid('birthYear', `出生年份应在 ${year - 120} 到 ${year} 之间。`, `The year of birth must be from ${year - 120} to ${year}.`)
  if (cell === null) return { name, contact, birthYear, cellId: null }
  const found = /^\d{1,6}$/.test(cell) ? grid.byNumber(communityId, Number(cell)) : grid.byId(cell)
  if (found === null || ('communityId' in found && found.communityId !== communityId))
    return refuse('NOT_FOUND', { field: 'cell', message: NOT_IN_COMMUNITY })
  return { name, contact, birthYear, cellId: found.id }
}
