import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Counts per community and day, so that an indicator reads days and not entries: a street ten times as busy costs the same.
 *
 * Triggers write what changed as deltas: an insert waits for nobody, where a common counter would make all writers of a day wait for each
 * other. The watcher adds the deltas up. Days are those of the street's zone. Counts are of no party and name no person: no row security.
 */
export class CreateCommunityDays20260108 implements MigrationInterface {
  // TypeORM orders migrations by the 13 digits at the end of this name.
  readonly name = 'CreateCommunityDays1767866400000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...TRIGGERS, ...BACKFILL, ...ADDING_UP, ...NO_LONGER_READ]) await runner.query(statement)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.')
  }
}

const ZONE = 'Asia/Shanghai'
const STAGES =
  'SUBMITTED TRIAGED REFERRED_BACK IN_CONFERENCE PROMISED IN_PROGRESS WAITING_FOR_RESIDENT EXPLAINED RESOLVED SATISFIED REOPENED MERGED WITHDRAWN'.split(
    ' ',
  )
const stageColumns = STAGES.map((stage) => `in_${stage.toLowerCase()}`)
const ASKED = ['asked', 'reopened']
const OUTCOME = ['answered', 'resolved', 'satisfied']
const COLUMNS = [...ASKED, ...OUTCOME, ...stageColumns]

const counters = COLUMNS.map((column) => `${column} int not null default 0`).join(', ')

const TABLES: readonly string[] = [
  `create table community_days (
    community_id text collate "C" not null,
    day date not null,
    ${counters},
    constraint community_days_pk primary key (community_id, day)
  )`,
  `create table community_day_deltas (
    seq bigint generated always as identity constraint community_day_deltas_pk primary key,
    community_id text collate "C" not null,
    day date not null,
    ${counters}
  )`,
  `create index community_day_deltas_day_idx on community_day_deltas (community_id, day)`,
]

const dayOf = (column: string): string => `(${column} at time zone '${ZONE}')::date`

/** Deltas of `changed`, a set of suggestions with a sign: by day of creation in each stage, by day of resolution asked and reopened. */
const suggestionDeltas = (changed: string): string => {
  const columns = [...ASKED, ...stageColumns]
  const created = [...ASKED.map(() => '0'), ...STAGES.map((stage) => `case when stage = '${stage}' then sign else 0 end`)]
  const resolved = ['sign', 'case when reopen_count > 0 then sign else 0 end', ...STAGES.map(() => '0')]
  return `insert into community_day_deltas (community_id, day, ${columns.join(', ')})
    select community_id, day, ${columns.map((column) => `sum(${column})`).join(', ')} from (
      select community_id, ${dayOf('created_at')} as day, ${created.map((value, i) => `${value} as ${columns[i]}`).join(', ')} from (${changed}) c
      union all select community_id, ${dayOf('resolved_at')}, ${resolved.join(', ')} from (${changed}) c where resolved_at is not null) d
    group by community_id, day having ${columns.map((column) => `sum(${column}) <> 0`).join(' or ')}`
}

/** Deltas of `changed`, a set of outcomes with a sign, by the day on which they were given. */
const outcomeDeltas = (changed: string): string => `insert into community_day_deltas (community_id, day, ${OUTCOME.join(', ')})
  select community_id, ${dayOf('at')}, sum(sign), sum(case when resolved then sign else 0 end), sum(case when score >= 4 then sign else 0 end)
  from (${changed}) c group by 1, 2
  having sum(sign) <> 0 or sum(case when resolved then sign else 0 end) <> 0 or sum(case when score >= 4 then sign else 0 end) <> 0`

const added = 'select *, 1 as sign from new_rows'
const removed = 'select *, -1 as sign from old_rows'

const trigger = (table: string, event: 'insert' | 'update' | 'delete', deltas: (changed: string) => string): string[] => {
  const changed = { insert: added, update: `${added} union all ${removed}`, delete: removed }[event]
  const rows = {
    insert: 'new table as new_rows',
    update: 'old table as old_rows new table as new_rows',
    delete: 'old table as old_rows',
  }[event]
  return [
    `create function count_${table}_on_${event}() returns trigger language plpgsql as $$ begin ${deltas(changed)}; return null; end $$`,
    `create trigger count_on_${event} after ${event} on ${table} referencing ${rows} for each statement
      execute function count_${table}_on_${event}()`,
  ]
}

const TRIGGERS: readonly string[] = (['insert', 'update', 'delete'] as const).flatMap((event) => [
  ...trigger('suggestions', event, suggestionDeltas),
  ...trigger('outcomes', event, outcomeDeltas),
])

const BACKFILL: readonly string[] = [
  suggestionDeltas('select *, 1 as sign from suggestions'),
  outcomeDeltas('select *, 1 as sign from outcomes'),
]

/** Adds the oldest deltas up into their days, all of them when `most` is null, and says how many. One caller at a time, or rows would wait in circles. */
const ADDING_UP: readonly string[] = [
  `create function add_up_community_days(most int) returns int language sql as $$
    with taken as (
      delete from community_day_deltas where seq in (select seq from community_day_deltas order by seq limit most) returning *),
    summed as (
      select community_id, day, ${COLUMNS.map((column) => `sum(${column}) as ${column}`).join(', ')} from taken group by community_id, day),
    kept as (
      insert into community_days (community_id, day, ${COLUMNS.join(', ')})
      select community_id, day, ${COLUMNS.join(', ')} from summed
      on conflict on constraint community_days_pk do update set
      ${COLUMNS.map((column) => `${column} = community_days.${column} + excluded.${column}`).join(', ')})
    select count(*)::int from taken $$`,
  `select add_up_community_days(null)`,
]

/** Indexes that only the indicators used, when they still counted entries. */
const NO_LONGER_READ: readonly string[] = [
  `drop index suggestions_open_idx`,
  `drop index suggestions_resolved_idx`,
  `drop index outcomes_community_idx`,
  `drop index suggestions_community_idx`,
  `create index suggestions_community_idx on suggestions (community_id, id desc)`,
]
