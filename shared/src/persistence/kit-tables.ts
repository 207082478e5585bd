/**
 * Tables that every party's database has: journal and outbox queue, idempotency keys, inbox and cursors of its consumers.
 *
 * The journal is append-only twice: the app login has no UPDATE or DELETE on it, and a trigger refuses them to anybody.
 */
export const KIT_TABLES: readonly string[] = [
  `create table journal (
    seq bigint generated always as identity,
    id text collate "C" not null constraint journal_pk primary key,
    at timestamptz(3) not null,
    party_id text not null,
    actor text,
    roles text[] not null,
    client text not null,
    act text not null,
    record_type text not null,
    record_id text not null,
    digest_before text,
    digest_after text,
    event_type text,
    event_subject text,
    event_data jsonb,
    client_key text,
    trace_id text not null
  )`,
  `create index journal_record_idx on journal (record_id, seq)`,
  `create table journal_unpublished (
    seq bigint not null constraint journal_unpublished_pk primary key,
    journal_id text not null
  )`,
  `create function journal_is_append_only() returns trigger language plpgsql as $$
    begin raise exception 'the journal is append-only'; end $$`,
  `create trigger journal_append_only before update or delete or truncate on journal
    for each statement execute function journal_is_append_only()`,
  `create function journal_wake() returns trigger language plpgsql as $$
    begin perform pg_notify('journal', ''); return null; end $$`,
  `create trigger journal_wake after insert on journal_unpublished
    for each statement execute function journal_wake()`,
  `create table idempotency_keys (
    client text not null,
    actor text not null,
    act text not null,
    client_key text not null,
    input_digest text not null,
    record_id text not null,
    at timestamptz(3) not null,
    constraint idempotency_keys_pk primary key (client, actor, act, client_key)
  )`,
  `create index idempotency_keys_at_idx on idempotency_keys (at)`,
  `create table inbox (
    event_id text not null constraint inbox_pk primary key,
    at timestamptz(3) not null default now()
  )`,
  `create table event_cursors (
    consumer text not null constraint event_cursors_pk primary key,
    position bigint not null
  )`,
  `create table dead_letters (
    event_id text not null constraint dead_letters_pk primary key,
    position bigint not null,
    event jsonb not null,
    reason text not null,
    tries int not null,
    at timestamptz(3) not null default now()
  )`,
  `create table manifests (
    name text not null constraint manifests_pk primary key,
    data jsonb not null,
    at timestamptz(3) not null default now()
  )`,
  ...['journal'].flatMap((table) => rowSecurity(table, { read: 'all', owner: 'party_id' })),
]

/**
 * Statements that put a table under row security: rows are written only for the party of the transaction.
 *
 * `read: 'all'` lets every login of this database read (the policies of the services mask what is personal); `read: 'own'`
 * hides the rows of other parties of the same kind too. Without `hub.party` nothing can be written, and nothing private read.
 */
export function rowSecurity(table: string, options: { read: 'all' | 'own'; owner?: string }): string[] {
  const own = `${options.owner ?? 'owner_party_id'} = current_setting('hub.party', true)`
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy ${table}_read on ${table} for select using (${options.read === 'all' ? 'true' : own})`,
    `create policy ${table}_insert on ${table} for insert with check (${own})`,
    `create policy ${table}_update on ${table} for update using (${own}) with check (${own})`,
    `create policy ${table}_delete on ${table} for delete using (${own})`,
  ]
}
