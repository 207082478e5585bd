/**
 * Totals by day, kept by triggers, so that an indicator reads a few sums and not every row of its period: ten times the rows cost the same.
 *
 * The party's rows stay the truth; `<name>_recomputed` counts them slowly and plainly, and must always equal what is kept.
 * @see docs/decisions/0030-day-totals.md
 */

/** What one row of a table counts, as SQL over the row `r`. An expression that is null counts nothing. */
export interface Counted {
  /** Ids of whom it counts for, such as the community and the department: `r.community_id`. */
  readonly scopes: readonly string[]
  /** Of type date. */
  readonly day: string
  /** Of type boolean; without it every row counts. */
  readonly when?: string
  /** Of type int and not negative: the value whose spread is kept for a median, such as whole minutes. Without it only sums are kept. */
  readonly bucket?: string
  /** By metric how much: an int, or a boolean for 1 and 0. A metric with a bucket has a name of its own. */
  readonly metrics: Readonly<Record<string, string>>
}

/** A table with what its rows count; only columns of the row itself may be used, so that an old row counts now as it counted then. */
export interface CountedTable {
  readonly table: string
  readonly counts: readonly Counted[]
}

/** Stands for things that have no day, such as what waits now. */
export const NO_DAY = `date 'epoch'`

/** The local day of an instant. Zones are constants of the migration: a day once counted must not move. */
export const dayOf = (instant: string, zone = 'Asia/Shanghai'): string => `(${instant} at time zone '${zone}')::date`

/** The local day that ends at or after a limit: 24:00 belongs to the day before, whose end it is. */
export const dayOfLimit = (instant: string, zone?: string): string => dayOf(`(${instant} - interval '1 millisecond')`, zone)

/** Values of a coarse bucket. */
const COARSE = 32

const quoted = (metric: string): string => `"${metric}"`
const hasBucket = ({ bucket }: Counted): boolean => bucket !== undefined

interface Rows {
  readonly from: string
  readonly sign: '' | '-'
}

/** A kind of totals: sums with a column for each metric, or the spread of a metric with a row for each bucket. */
interface Kind {
  readonly tables: string
  /** What is counted apart, without the day. */
  readonly key: readonly string[]
  readonly keyColumns: string
  readonly primaryKey: string
  readonly values: readonly string[]
  /** What these rows count, several rows for one key; null when they count nothing of this kind. */
  countsOf(table: CountedTable, rows: readonly Rows[]): string | null
}

const selectOf = ({ scopes, day, when = 'true' }: Counted, from: string, columns: string): string =>
  `select i.scope_id, ${day} as day, ${columns} from ${from} r cross join lateral unnest(array[${scopes.join(', ')}]::text[]) as i(scope_id)
     where (${when}) and i.scope_id is not null and ${day} is not null`

const unionOf = (selects: readonly string[]): string | null => (selects.length === 0 ? null : selects.join(' union all '))

const sumsKind = (name: string, tables: readonly CountedTable[]): Kind => {
  const counts = tables.flatMap((table) => table.counts).filter((counted) => !hasBucket(counted))
  const metrics = [...new Set(counts.flatMap((counted) => Object.keys(counted.metrics)))]
  const columnsOf = (counted: Counted, sign: string): string =>
    metrics
      .map(
        (metric) => (metric in counted.metrics ? `${sign}coalesce((${counted.metrics[metric]})::int, 0)` : '0') + ` as ${quoted(metric)}`,
      )
      .join(', ')
  return {
    tables: name,
    key: ['scope_id'],
    keyColumns: 'scope_id text collate "C" not null, day date not null',
    primaryKey: 'scope_id, span, day',
    values: metrics.map(quoted),
    countsOf: (table, rows) =>
      unionOf(
        table.counts
          .filter((counted) => !hasBucket(counted))
          .flatMap((counted) => rows.map(({ from, sign }) => selectOf(counted, from, columnsOf(counted, sign)))),
      ),
  }
}

/**
 * Each value is counted twice: coarsely under the metric, and as it is under the metric and its coarse bucket; so a median looks for its
 * coarse bucket first, and then at the few values in it.
 */
const spreadOf = ({ metrics, ...counted }: Counted, metric: string, from: string, sign: string): string[] => {
  const bucket = counted.bucket ?? '0'
  const n = `${sign}coalesce((${metrics[metric]})::int, 0) as n`
  const when = `(${counted.when ?? 'true'}) and ${bucket} is not null`
  return [
    selectOf({ ...counted, metrics, when }, from, `'${metric}'::text as metric, (${bucket}) / ${COARSE} as bucket, ${n}`),
    selectOf({ ...counted, metrics, when }, from, `'${metric}/' || (${bucket}) / ${COARSE} as metric, ${bucket} as bucket, ${n}`),
  ]
}

const spreadKind = (name: string): Kind => ({
  tables: `${name}_spread`,
  key: ['scope_id', 'metric', 'bucket'],
  keyColumns: 'scope_id text collate "C" not null, metric text collate "C" not null, day date not null, bucket int not null',
  primaryKey: 'scope_id, metric, span, day, bucket',
  values: ['n'],
  countsOf: (table, rows) =>
    unionOf(
      table.counts
        .filter(hasBucket)
        .flatMap((counted) =>
          rows.flatMap(({ from, sign }) => Object.keys(counted.metrics).flatMap((metric) => spreadOf(counted, metric, from, sign))),
        ),
    ),
})

const list = (...names: ReadonlyArray<string | readonly string[]>): string => names.flat().join(', ')

const summed = ({ key, values }: Kind, counts: string): string =>
  `select ${list(
    key,
    'day',
    values.map((value) => `sum(${value})::int as ${value}`),
  )} from (${counts}) as counted
   group by ${list(key, 'day')} having ${values.map((value) => `sum(${value}) <> 0`).join(' or ')}`

/** A day counts three times, in its day, month and year, so that a long period is read as a few long spans. */
const inSpans = (day: string): string =>
  `cross join lateral (values ('D', ${day}), ('M', date_trunc('month', ${day})::date), ('Y', date_trunc('year', ${day})::date)) as s(span, first)`

const tablesOf = ({ tables, keyColumns, primaryKey, values }: Kind): string[] => {
  const columns = `${keyColumns}, ${values.map((value) => `${value} int not null`).join(', ')}`
  return [
    `create table ${tables}_totals (${columns}, span text collate "C" not null constraint ${tables}_totals_span_known check (span in ('D', 'M', 'Y')),
      constraint ${tables}_totals_pk primary key (${primaryKey}))`,
    `create table ${tables}_deltas (seq bigint generated always as identity constraint ${tables}_deltas_pk primary key, ${columns})`,
    `create index ${tables}_deltas_scope_idx on ${tables}_deltas (scope_id, day)`,
  ]
}

const triggersOf = (name: string, table: CountedTable, kinds: readonly Kind[]): string[] => {
  const added: Rows = { from: 'new_rows', sign: '' }
  const removed: Rows = { from: 'old_rows', sign: '-' }
  const events = [
    ['insert', 'new table as new_rows', [added]],
    ['update', 'old table as old_rows new table as new_rows', [added, removed]],
    ['delete', 'old table as old_rows', [removed]],
  ] as const
  return events.flatMap(([event, transition, rows]) => {
    const appends = kinds.flatMap((kind) => {
      const counts = kind.countsOf(table, rows)
      return counts === null ? [] : [`insert into ${kind.tables}_deltas (${list(kind.key, 'day', kind.values)}) ${summed(kind, counts)};`]
    })
    return [
      `create function ${name}_on_${table.table}_${event}() returns trigger language plpgsql as $$ begin ${appends.join('\n')} return null; end $$`,
      `create trigger ${name}_${event} after ${event} on ${table.table} referencing ${transition} for each statement
         execute function ${name}_on_${table.table}_${event}()`,
    ]
  })
}

/** What the rows count, and where the totals differ from it. */
const viewsOf = (kind: Kind, tables: readonly CountedTable[]): string[] => {
  const { tables: name, key, values } = kind
  const counts = tables.flatMap((table) => kind.countsOf(table, [{ from: table.table, sign: '' }]) ?? [])
  const columns = list(key, values)
  const signed = values.map((value) => `-${value}`)
  return [
    `create view ${name}_recomputed as ${summed(kind, counts.join(' union all '))}`,
    `create view ${name}_faults as
       select ${list(
         key,
         'span',
         'day',
         values.map((value) => `sum(${value}) as ${value}`),
       )} from (
         select ${columns}, span, day from ${name}_totals
         union all select ${columns}, s.span, s.first from ${name}_deltas d ${inSpans('d.day')}
         union all select ${list(key, signed)}, s.span, s.first from ${name}_recomputed d ${inSpans('d.day')}) as parts
       group by ${list(key, 'span', 'day')} having ${values.map((value) => `sum(${value}) <> 0`).join(' or ')}`,
  ]
}

/** Rows are laid down in the order in which they are read. */
const rebuildOf = ({ tables, key, primaryKey, values }: Kind): string => {
  const columns = list(key, 'span', 'day', values)
  const longer = (span: 'M' | 'Y', of: 'D' | 'M', unit: 'month' | 'year'): string =>
    `insert into ${tables}_totals (${columns})
       select ${list(key)}, '${span}' as span, date_trunc('${unit}', t.day)::date as day, ${list(values.map((value) => `sum(${value})`))}
       from ${tables}_totals t where span = '${of}' group by ${list(key)}, date_trunc('${unit}', t.day)::date order by ${primaryKey};`
  return `delete from ${tables}_deltas; delete from ${tables}_totals;
     insert into ${tables}_totals (${columns})
       select ${list(key)}, 'D' as span, day, ${list(values)} from ${tables}_recomputed order by ${primaryKey};
     ${longer('M', 'D', 'month')} ${longer('Y', 'M', 'year')}`
}

// Added up in the order of the key, so that two processes that fold at once wait for each other and never in a circle.
const foldOf = ({ tables, key, primaryKey, values }: Kind): string =>
  `with picked as materialized (select seq from ${tables}_deltas order by seq limit most for update skip locked),
     taken as (delete from ${tables}_deltas d using picked where d.seq = picked.seq returning d.*),
     sums as (select ${list(key.map((column) => `taken.${column}`))}, s.span, s.first as day, ${list(values.map((value) => `sum(taken.${value}) as ${value}`))}
       from taken ${inSpans('taken.day')} group by ${list(key.map((column) => `taken.${column}`))}, s.span, s.first),
     kept as (
       insert into ${tables}_totals as t (${list(key, 'span', 'day', values)})
       select ${list(key, 'span', 'day', values)} from sums order by ${primaryKey}
       on conflict on constraint ${tables}_totals_pk do update set ${list(values.map((value) => `${value} = t.${value} + excluded.${value}`))})
   select count(*) into part from taken; folded := folded + part;`

/**
 * Statements of a migration that keep totals by day of some tables, and count what is in them already. TRUNCATE of those tables is not seen.
 *
 * Makes `<name>_totals` and append-only `<name>_deltas` (a write only appends there: no writer waits for another), the same of
 * `<name>_spread` where something has buckets, the triggers, the views `…_recomputed` and `…_faults` (which must be empty), and the functions
 * `<name>_rebuild()` and `<name>_fold(most)`. Sums name no person and are of no party: they are under no row security.
 * State the description in the migration itself: it must not change under databases that have it; a new one takes a new name.
 */
export const dayTotals = (name: string, tables: readonly CountedTable[]): string[] => {
  const hasSpread = tables.some(({ counts }) => counts.some(hasBucket))
  const kinds = [sumsKind(name, tables), ...(hasSpread ? [spreadKind(name)] : [])]
  return [
    ...kinds.flatMap(tablesOf),
    ...tables.flatMap((table) => triggersOf(name, table, kinds)),
    ...kinds.flatMap((kind) => viewsOf(kind, tables)),
    `create function ${name}_rebuild() returns void language plpgsql as $$ begin
       lock table ${list(
         tables.map(({ table }) => table),
         kinds.map((kind) => `${kind.tables}_totals`),
       )} in share row exclusive mode;
       ${kinds.map(rebuildOf).join('\n')} end $$`,
    `create function ${name}_fold(most int) returns int language plpgsql as $$ declare part int; folded int := 0; begin
       ${kinds.map(foldOf).join('\n')} return folded; end $$`,
    // It locks the tables it counts: nothing for the app login.
    `revoke execute on function ${name}_rebuild() from public`,
    `select ${name}_rebuild()`,
  ]
}
