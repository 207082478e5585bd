import type { LocalDate } from '../time/index.js'
import { foldText } from './day-totals.js'
import { sql, type SqlReader } from './sql.js'

/** Metrics wanted over days, both included; without `from` since ever. */
export interface AskedDays {
  readonly metrics: readonly string[]
  readonly from: LocalDate | null
  readonly to: LocalDate
}

interface Span {
  readonly kind: 'D' | 'M' | 'Y'
  readonly first: LocalDate
  readonly last: LocalDate
}

const SINCE_EVER = '-infinity'

const pad = (year: number): string => String(year).padStart(4, '0')
const monthAfter = (day: LocalDate): LocalDate => {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return month === 12 ? `${pad(year + 1)}-01-01` : `${pad(year)}-${String(month + 1).padStart(2, '0')}-01`
}
const dayBefore = (day: LocalDate): LocalDate => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
const dayAfter = (day: LocalDate): LocalDate => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

/**
 * The fewest whole years, months and days that make up the days from `from` to `to`, each day once; at most five ranges of spans.
 *
 * `first` and `last` are compared with the day on which a span starts.
 */
export const spansOf = ({ from, to }: Pick<AskedDays, 'from' | 'to'>): Span[] => {
  if (from !== null && from > to) return []
  const end = dayAfter(to)
  // Where the days before the first whole month end, where whole months end and so on; a bound never lies behind the next.
  const firstMonth = from === null ? SINCE_EVER : from.endsWith('-01') ? from : monthAfter(from)
  const lastMonth = `${end.slice(0, 8)}01`
  const firstYear = from === null ? SINCE_EVER : from.endsWith('-01-01') ? from : `${pad(Number(from.slice(0, 4)) + 1)}-01-01`
  const lastYear = `${end.slice(0, 5)}01-01`
  const hasYears = from === null || firstYear < lastYear
  const hasMonths = from === null || firstMonth < lastMonth
  const range = (kind: Span['kind'], first: LocalDate, until: LocalDate): Span[] =>
    first === until ? [] : [{ kind, first, last: dayBefore(until) }]
  if (!hasMonths) return range('D', from, end)
  const months = hasYears ? [...range('M', firstMonth, firstYear), ...range('M', lastYear, lastMonth)] : range('M', firstMonth, lastMonth)
  return [
    ...(from === null ? [] : range('D', from, firstMonth)),
    ...months,
    ...(hasYears ? range('Y', firstYear, lastYear) : []),
    ...range('D', lastMonth, end),
  ]
}

/** The four parameters after the scopes of a statement with `sumsOf`: what to read for each of them; `range` is the place in `asked`. */
export const spanParameters = (
  asked: readonly AskedDays[],
): [ranges: number[], metrics: string[], kinds: string[], firsts: string[], lasts: string[]] => {
  const spans = asked.flatMap(({ metrics, ...days }, range) => {
    const whole = { kind: 'delta' as const, first: days.from ?? SINCE_EVER, last: days.to }
    return [...spansOf(days), whole].flatMap((span) => metrics.map((metric) => ({ range, metric, ...span })))
  })
  return [
    spans.map(({ range }) => range),
    spans.map(({ metric }) => metric),
    spans.map(({ kind }) => kind),
    spans.map(({ first }) => first),
    spans.map(({ last }) => last),
  ]
}

/**
 * A query of sums (scope_id, range, metric, bucket, n) for any number of scopes and periods; what adds up to nothing is left out or zero.
 *
 * Parameters: $1 the scopes (text[]), $2 to $6 what `spanParameters` gives. Cost: scopes × metrics × at most six looks into an index,
 * and one row for each bucket of each span, however many rows were counted.
 */
export const sumsOf = (name: string): string => `
  select i.id as scope_id, p.range, p.metric, t.bucket, sum(t.n)::int as n
  from unnest($1::text[]) as i(id)
  cross join unnest($2::int[], $3::text[], $4::text[], $5::date[], $6::date[]) as p(range, metric, kind, first, last)
  cross join lateral (
    select bucket, n from ${name}_totals
      where scope_id = i.id and metric = p.metric and span = p.kind and starts between p.first and p.last
    union all select bucket, n from ${name}_deltas
      where p.kind = 'delta' and scope_id = i.id and metric = p.metric and day between p.first and p.last) as t
  group by 1, 2, 3, 4`

/** A query of medians (scope_id, middle) of one metric among `sums`, the name of a common table expression with `sumsOf`; the mean of the two middle ones. */
export const mediansOf = (sums: string, metric: string): string => `
  select scope_id, (min(bucket) filter (where upto >= (total + 1) / 2) + min(bucket) filter (where upto >= total / 2 + 1)) / 2.0::float8 as middle
  from (select scope_id, bucket, sum(n) over (partition by scope_id order by bucket) as upto, sum(n) over (partition by scope_id) as total
        from ${sums} where metric = '${metric}' and n > 0) as ranked group by scope_id`

/** So many deltas are read with the totals at no noticeable cost. */
const ENOUGH_DELTAS = 200
const MOST_AT_ONCE = 5_000

/** Adds what was counted since the last look up into the totals; returns how many deltas. For a party's watcher: one statement, any number of processes. */
export const foldDayTotals = async (reader: SqlReader, name: string, atLeast = ENOUGH_DELTAS): Promise<number> =>
  (await reader.rows<{ folded: number }>(sql(`${name}.fold`, foldText(name)), [atLeast, MOST_AT_ONCE]))[0]?.folded ?? 0
