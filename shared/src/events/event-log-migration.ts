import { openPool, sql } from '../persistence/index.js'

import { SPEAKERS } from './catalogue.js'

/**
 * Makes the hub's event log and says which login speaks for which subgraph. Idempotent; runs as the owner of the hub's database.
 *
 * A login may append events of its own subgraph on its own matters only (row security by login) and may read all: events hold keys and public
 * fields. Nobody but the owner can change or remove one.
 */
export const migrateEventLog = async (ownerUrl: string, logins: ReadonlyArray<{ source: string; login: string }>): Promise<void> => {
  const pool = openPool(ownerUrl, 'commonhall.migrate', 1)
  try {
    await pool.transaction(async (reader) => {
      for (const [index, text] of EVENT_LOG.entries()) await reader.rows(sql(`events.migrate.${index}`, text))
      for (const { source, login } of logins) {
        const role = `"${login.replaceAll('"', '""')}"`
        await reader.rows(sql('events.source', `insert into event_sources (login, source) values ($1, $2) on conflict do nothing`), [
          login,
          source,
        ])
        await reader.rows(sql(`events.grant.schema.${login}`, `grant usage on schema public to ${role}`))
        // Not the position: one event far ahead would carry every reader past all that comes after it.
        await reader.rows(sql(`events.revoke.events.${login}`, `revoke insert on events from ${role}`))
        await reader.rows(
          sql(`events.grant.events.${login}`, `grant select, insert (id, type, subject, source, party_id, at, data) on events to ${role}`),
        )
        await reader.rows(sql(`events.grant.sources.${login}`, `grant select on event_sources to ${role}`))
      }
    })
  } finally {
    await pool.close()
  }
}

const OWN_MATTER = Object.entries(SPEAKERS)
  .map(([speaker, source]) => `(events.source = '${source}' and events.type like '${speaker}.%')`)
  .join(' or ')

const EVENT_LOG: readonly string[] = [
  `select pg_advisory_xact_lock(hashtext('commonhall.events.migrate'))`,
  `create table if not exists event_sources (login text not null, source text not null, constraint event_sources_pk primary key (login, source))`,
  `create table if not exists events (
    position bigint generated always as identity constraint events_pk primary key,
    id text collate "C" not null constraint events_once unique,
    type text not null,
    subject text not null,
    source text not null,
    party_id text not null,
    at timestamptz(3) not null,
    data jsonb not null
  )`,
  `create index if not exists events_subject_idx on events (subject, position)`,
  `alter table events enable row level security`,
  `drop policy if exists events_read on events`,
  `create policy events_read on events for select using (true)`,
  `drop policy if exists events_append on events`,
  `create policy events_append on events for insert with check (
    exists (select 1 from event_sources s where s.login = current_user and s.source = events.source)
    and (${OWN_MATTER}))`,
]
