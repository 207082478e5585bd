import { localDate, startOfLocalDay, type LocalDate } from '../time/index.js'
import { sql, type SqlReader } from './sql.js'

/** Days that are asked for, both included; without `from` since ever. */
export interface AskedDays {
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
/** The day before a day. */
export const dayBefore = (day: LocalDate): LocalDate => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
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

/** The parameters after the scopes of a statement with `sumsOf` or `mediansOf`; a `range` there is a place in `asked`. */
export const spanParameters = (asked: readonly AskedDays[]): [ranges: number[], kinds: string[], firsts: string[], lasts: string[]] => {
  const spans = asked.flatMap((days, range) =>
    [...spansOf(days), { kind: 'delta', first: days.from ?? SINCE_EVER, last: days.to }].map((span) => ({ range, ...span })),
  )
  return [spans.map(({ range }) => range), spans.map(({ kind }) => kind), spans.map(({ first }) => first), spans.map(({ last }) => last)]
}

// Grouped by the place of a scope and not by its text: sorting texts in the order of a language took ten times as long as all the rest.
const overSpans = (tables: string, columns: string, where: string, join = ''): string => `
  from unnest($1::text[]) with ordinality as i(id, place) ${join}
  cross join unnest($2::int[], $3::text[], $4::date[], $5::date[]) as p(range, kind, first, last)
  cross join lateral (
    select ${columns} from ${tables}_totals where scope_id = i.id and ${where} and span = p.kind and day between p.first and p.last
    union all select ${columns} from ${tables}_deltas where p.kind = 'delta' and scope_id = i.id and ${where} and day between p.first and p.last) as t`

/**
 * A query of sums (scope_id, range and a column for each metric) for any number of scopes and periods; nothing counted is no row.
 *
 * Parameters: $1 the scopes (text[]), $2 to $5 what `spanParameters` gives. Cost: at most six looks into an index for each scope and period,
 * and one row for each of its spans (60 days, 22 months and some years at most), however many rows were counted.
 */
export const sumsOf = (name: string, metrics: readonly string[]): string => {
  const columns = metrics.map((metric) => `"${metric}"`)
  return `select ($1::text[])[place] as scope_id, range, ${columns.join(', ')} from (
    select i.place, p.range, ${columns.map((column) => `sum(${column})::int as ${column}`).join(', ')}
    ${overSpans(name, columns.join(', '), 'true')} group by 1, 2) as sums`
}

/** A query of medians (scope_id, middle) of one metric with buckets in one range; the mean of the two middle ones. Parameters as of `sumsOf`. */
export const mediansOf = (name: string, metric: string, range = 0): string => {
  const counted = (where: string, join?: string): string =>
    overSpans(`${name}_spread`, 'bucket, n', `p.range = ${range} and ${where}`, join)
  // The lower and the upper one of the two in the middle, among buckets with the number of values up to each.
  const middle = (bound: 'lower' | 'upper'): string =>
    `min(bucket) filter (where upto >= ${bound === 'lower' ? '(total + 1) / 2' : 'total / 2 + 1'})`
  return `
  with coarse as (
    select place, bucket, sum(n) over (partition by place order by bucket)::int as upto, sum(n) over (partition by place)::int as total
    from (select i.place, t.bucket, sum(t.n)::int as n ${counted(`metric = '${metric}'`)} group by 1, 2) as buckets where n > 0),
  around as (select place, total, ${middle('lower')} as lower, ${middle('upper')} as upper from coarse group by place, total),
  fine as (
    select place, bucket, total, below + sum(n) over (partition by place order by bucket)::int as upto from (
      select i.place, t.bucket, a.total, sum(t.n)::int as n,
        (select coalesce(max(upto), 0) from coarse c where c.place = i.place and c.bucket < a.lower) as below
      ${counted(`metric in ('${metric}/' || a.lower, '${metric}/' || a.upper)`, 'join around a on a.place = i.place')} group by 1, 2, 3, a.lower) as buckets
    where n > 0)
  select ($1::text[])[place] as scope_id, (${middle('lower')} + ${middle('upper')}) / 2.0::float8 as middle from fine group by place, total`
}

/** So many deltas are read with the totals at no noticeable cost. */
const ENOUGH_DELTAS = 200
const MOST_AT_ONCE = 5_000

/**
 * Adds what was counted since the last look up into the totals; returns how many deltas that were, 0 for a few.
 *
 * For a party's watcher: one statement, also when there is nothing to do; any number of processes may do it.
 */
export const foldDayTotals = async (reader: SqlReader, name: string, atLeast = ENOUGH_DELTAS): Promise<number> => {
  const text = `select case when (select count(*) from (select from ${name}_deltas limit $1) as first) >= $1 then ${name}_fold($2) else 0 end as folded`
  return (await reader.rows<{ folded: number }>(sql(`${name}.fold`, text), [atLeast, MOST_AT_ONCE]))[0]?.folded ?? 0
}

/**
 * Which limits are passed at `now`, for totals by `dayOfLimit`: all of the days up to `lastDay`, and those between `restFrom` and now,
 * which only the rows tell (a day at most, and none where limits end at 24:00).
 */
export const limitsPassed = (now: Date, zone: string): { readonly lastDay: LocalDate; readonly restFrom: Date } => {
  // At 24:00 sharp it is still the day that ends: its limits are not passed yet.
  const today = localDate(new Date(now.getTime() - 1), zone)
  return { lastDay: dayBefore(today), restFrom: startOfLocalDay(today, zone) }
}
