import type { ImportRow } from './import-table.js'
import type { Rejection } from './reject-report.js'
import { channelOf, kindOf, numberOf, timeOf, yearOf } from './values.js'

type Words = (zh: string, en: string) => string
type CellOf = (field: string) => string | null

/** Characters of a field at most; the hub refuses more, so it need not travel. */
const LONGEST = Object.entries({ text: 4_000, externalId: 100, resident: 100, name: 60, contact: 120, cell: 100 })

const faultOf = (line: number, cellOf: CellOf, required: readonly string[], say: Words): Rejection | null => {
  const missing = required.find((field) => cellOf(field) === null)
  if (missing !== undefined) return { line, field: missing, code: 'INVALID_INPUT', message: say('此项为空。', 'It is empty.') }
  const long = LONGEST.find(([field, longest]) => (cellOf(field)?.length ?? 0) > longest)
  if (long === undefined) return null
  const [field, longest] = long
  return { line, field, code: 'INVALID_INPUT', message: say(`至多 ${longest} 个字符。`, `It may have ${longest} characters.`) }
}

const numbersOf = (line: number, cellOf: CellOf, fields: readonly string[], say: Words): Rejection | Record<string, number | null> => {
  const numbers: Record<string, number | null> = {}
  for (const field of fields) {
    const cell = cellOf(field)
    numbers[field] = cell === null ? null : numberOf(cell)
    if (cell !== null && numbers[field] === null)
      return { line, field, code: 'INVALID_INPUT', message: say('不是数字。', 'It is not a number.') }
  }
  return numbers
}

const isRejection = (value: Rejection | Record<string, number | null>): value is Rejection => 'message' in value

const put = <T>(cell: string | null, read: (text: string) => T): T | null => (cell === null ? null : read(cell))

/** Makes rows of `importSuggestions` from lines of a table; rejects only what the hub could not read. */
export const suggestionRow =
  (say: Words) =>
  (line: number, cellOf: CellOf): ImportRow | Rejection => {
    const fault = faultOf(line, cellOf, ['externalId', 'text'], say)
    if (fault !== null) return fault
    const point = numbersOf(line, cellOf, ['longitude', 'latitude'], say)
    if (isRejection(point)) return point
    // Field by field: spreading costs a million lines two seconds.
    return {
      line,
      externalId: cellOf('externalId'),
      text: cellOf('text'),
      kind: put(cellOf('kind'), kindOf),
      createdAt: put(cellOf('createdAt'), timeOf),
      longitude: point['longitude'],
      latitude: point['latitude'],
      cell: cellOf('cell'),
      channel: put(cellOf('channel'), channelOf),
      resident: cellOf('resident'),
    }
  }

/** Makes rows of `importResidents` from lines of a table; a year of birth may come as a date. The hub says which years it takes. */
export const residentRow =
  (say: Words) =>
  (line: number, cellOf: CellOf): ImportRow | Rejection => {
    const fault = faultOf(line, cellOf, ['externalId'], say)
    if (fault !== null) return fault
    const year = numbersOf(line, (field) => put(cellOf(field), yearOf), ['birthYear'], say)
    if (isRejection(year)) return year
    // Beyond a GraphQL Int it would cost its whole batch.
    if (Math.abs(year['birthYear'] ?? 0) > 9_999 || !Number.isInteger(year['birthYear'] ?? 0))
      return { line, field: 'birthYear', code: 'INVALID_INPUT', message: say('不是年份。', 'It is not a year.') }
    return { line, externalId: cellOf('externalId'), name: cellOf('name'), contact: cellOf('contact'), cell: cellOf('cell'), ...year }
  }
