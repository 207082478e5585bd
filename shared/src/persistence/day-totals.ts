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
  /** Of type int: the value whose distribution is kept, such as whole minutes. Without it 0. */
  readonly bucket?: string
  /** By metric how much: an int, or a boolean for 1 and 0. A metric stands in one table and one entry only. */
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

const KEY = 'scope_id, metric, span, starts, bucket'

/** A day counts three times, in its day, month and year, so that a long period is read as a few long spans. */
const SPANS = `(values ('D', c.day), ('M', date_trunc('month', c.day)::date), ('Y', date_trunc('year', c.day)::date)) as s(span, starts)`

const amounts = ({ when = 'true', bucket = '0', day, metrics }: Counted): string =>
  Object.entries(metrics)
    .map(([metric, amount]) => `('${metric}'::text, ${day}, case when ${when} then ${bucket} end, (${amount})::int)`)
    .join(', ')

/** What the rows of `rows` count: (scope_id, metric, day, bucket, n), several for one key. */
const countsOf = (rows: string, { counts }: CountedTable, sign: '' | '-'): string =>
  counts
    .map(
      (counted) => `select i.scope_id, c.metric, c.day, c.bucket, ${sign}c.n as n from ${rows} r
         cross join lateral unnest(array[${counted.scopes.join(', ')}]::text[]) as i(scope_id)
         cross join lateral (values ${amounts(counted)}) as c(metric, day, bucket, n)
         where i.scope_id is not null and c.day is not null and c.bucket is not null and c.n <> 0`,
    )
    .join(' union all ')

const triggersOf = (name: string, counted: CountedTable): string[] =>
  (
    [
      ['insert', 'new table as new_rows', countsOf('new_rows', counted, '')],
      [
        'update',
        'old table as old_rows new table as new_rows',
        `${countsOf('new_rows', counted, '')} union all ${countsOf('old_rows', counted, '-')}`,
      ],
      ['delete', 'old table as old_rows', countsOf('old_rows', counted, '-')],
    ] as const
  ).flatMap(([event, rows, changes]) => [
    `create function ${name}_on_${counted.table}_${event}() returns trigger language plpgsql as $$ begin
       insert into ${name}_deltas (scope_id, metric, day, bucket, n)
       select scope_id, metric, day, bucket, sum(n) from (${changes}) as changed group by 1, 2, 3, 4 having sum(n) <> 0;
       return null; end $$`,
    `create trigger ${name}_${event} after ${event} on ${counted.table} referencing ${rows} for each statement
       execute function ${name}_on_${counted.table}_${event}()`,
  ])

/**
 * Statements of a migration that keep totals by day of some tables, and count what is in them already. TRUNCATE of those tables is not seen.
 *
 * Makes `<name>_totals`, append-only `<name>_deltas` (a write only appends there: no writer waits for another), the triggers, the view
 * `<name>_recomputed` and the function `<name>_rebuild()`. Sums name no person and are of no party: they are under no row security.
 * State the description in the migration itself: it must not change under databases that have it; a new one takes a new name.
 */
export const dayTotals = (name: string, tables: readonly CountedTable[]): string[] => [
  `create table ${name}_totals (
    scope_id text collate "C" not null,
    metric text collate "C" not null,
    span text collate "C" not null constraint ${name}_totals_span_known check (span in ('D', 'M', 'Y')),
    starts date not null,
    bucket int not null,
    n bigint not null,
    constraint ${name}_totals_pk primary key (${KEY})
  )`,
  `create table ${name}_deltas (
    seq bigint generated always as identity constraint ${name}_deltas_pk primary key,
    scope_id text collate "C" not null,
    metric text collate "C" not null,
    day date not null,
    bucket int not null,
    n int not null
  )`,
  `create index ${name}_deltas_scope_idx on ${name}_deltas (scope_id, metric, day)`,
  ...tables.flatMap((counted) => triggersOf(name, counted)),
  `create view ${name}_recomputed as select scope_id, metric, day, bucket, sum(n) as n
     from (${tables.map((counted) => countsOf(counted.table, counted, '')).join(' union all ')}) as counted group by 1, 2, 3, 4`,
  `create function ${name}_rebuild() returns void language plpgsql as $$ begin
     lock table ${tables.map(({ table }) => table).join(', ')}, ${name}_totals in share row exclusive mode;
     delete from ${name}_deltas;
     delete from ${name}_totals;
     insert into ${name}_totals (${KEY}, n)
       select c.scope_id, c.metric, s.span, s.starts, c.bucket, sum(c.n) from ${name}_recomputed c cross join lateral ${SPANS}
       group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5;
   end $$`,
  `select ${name}_rebuild()`,
]

/** A query whose rows are the faults: keys of which the totals with their deltas differ from the rows they count. For integrity checks. */
export const dayTotalsFaults = (name: string): string => `
  select ${KEY}, coalesce(kept.n, 0) as kept, coalesce(counted.n, 0) as counted
  from (select ${KEY}, sum(n) as n from (
          select ${KEY}, n from ${name}_totals
          union all select c.scope_id, c.metric, s.span, s.starts, c.bucket, c.n from ${name}_deltas c cross join lateral ${SPANS}) as parts group by ${KEY}) as kept
  full join (select c.scope_id, c.metric, s.span, s.starts, c.bucket, sum(c.n) as n from ${name}_recomputed c cross join lateral ${SPANS}
             group by 1, 2, 3, 4, 5) as counted using (${KEY})
  where coalesce(kept.n, 0) <> coalesce(counted.n, 0)`

/** Adds deltas up into the totals, oldest first: at most $2, and only when there are at least $1. One statement, so no reader sees half of it. */
export const foldText = (name: string): string => `
  with many as materialized (select count(*) >= $1 as enough from (select from ${name}_deltas limit $1) as first),
  picked as materialized (
    select seq from ${name}_deltas where (select enough from many) order by seq limit $2 for update skip locked),
  taken as (delete from ${name}_deltas d using picked where d.seq = picked.seq returning d.scope_id, d.metric, d.day, d.bucket, d.n),
  kept as (
    insert into ${name}_totals as t (${KEY}, n)
    select c.scope_id, c.metric, s.span, s.starts, c.bucket, sum(c.n) from taken c cross join lateral ${SPANS}
    group by 1, 2, 3, 4, 5 having sum(c.n) <> 0
    -- In the order of the key, so that two processes that fold at once wait for each other and never in a circle.
    order by 1, 2, 3, 4, 5
    on conflict on constraint ${name}_totals_pk do update set n = t.n + excluded.n)
  select count(*)::int as folded from taken`
