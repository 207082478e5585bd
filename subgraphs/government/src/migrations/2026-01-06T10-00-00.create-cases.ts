import { rowSecurity } from '@commonhall/shared/persistence'
import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What departments know of suggestions, their desks, and how they handle cases. */
export class CreateCases20260106 implements MigrationInterface {
  // TypeORM orders migrations by the 13 digits at the end of this name.
  readonly name = 'CreateCases1767693600000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...KNOWN_OF_OTHERS, ...DESKS, ...CASES, ...COUNTED]) await runner.query(statement)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.')
  }
}

/** Facts of other parties, public and the same for every department: nobody's rows, so no row security. */
const KNOWN_OF_OTHERS: readonly string[] = [
  `create table suggestions (
    id text collate "C" not null constraint suggestions_pk primary key,
    community_id text,
    triage_id text,
    triage_route text,
    triaged_at timestamptz(3),
    departments text[] not null default '{}',
    withdrawn_at timestamptz(3),
    merged_into text,
    merged_at timestamptz(3)
  )`,
  `create table communities (
    id text collate "C" not null constraint communities_pk primary key,
    max_extensions int not null constraint communities_max_extensions_whole check (max_extensions >= 0)
  )`,
]

/** The desk is private to its department; what the public may count of it stands in answer_records, which name no suggestion. */
const DESKS: readonly string[] = [
  `create table inbox_items (
    id text collate "C" not null constraint inbox_items_pk primary key,
    owner_party_id text not null,
    suggestion_id text collate "C" not null,
    community_id text not null,
    triage_id text not null,
    round int not null,
    function_item_id text,
    arrived_at timestamptz(3) not null,
    answer_by timestamptz(3) not null,
    handling_id text,
    answered_at timestamptz(3),
    closed_at timestamptz(3),
    closed_why text constraint inbox_items_closed_why_known check (closed_why in ('SUPERSEDED', 'WITHDRAWN', 'MERGED')),
    finished_at timestamptz(3),
    constraint inbox_items_routed_once unique (suggestion_id, owner_party_id, triage_id, round),
    constraint inbox_items_answer_whole check ((handling_id is null) = (answered_at is null)),
    constraint inbox_items_closed_whole check ((closed_why is null) = (closed_at is null)),
    constraint inbox_items_answered_or_closed check (answered_at is null or closed_at is null)
  )`,
  `create unique index inbox_items_one_open on inbox_items (suggestion_id, owner_party_id) where answered_at is null and closed_at is null`,
  `create index inbox_items_desk_idx on inbox_items (owner_party_id, answer_by, id) where finished_at is null`,
  `create index inbox_items_waiting_idx on inbox_items (owner_party_id, answer_by, id) where answered_at is null and closed_at is null`,
  ...rowSecurity('inbox_items', { read: 'own' }),
  `create table answer_records (
    item_id text collate "C" not null constraint answer_records_pk primary key,
    owner_party_id text not null,
    community_id text not null,
    arrived_at timestamptz(3) not null,
    answer_by timestamptz(3) not null,
    answered_at timestamptz(3),
    closed_at timestamptz(3)
  )`,
  ...rowSecurity('answer_records', { read: 'all' }),
]

const CASES: readonly string[] = [
  `create table case_handlings (
    id text collate "C" not null constraint case_handlings_pk primary key,
    owner_party_id text not null,
    suggestion_id text collate "C" not null,
    community_id text not null,
    inbox_item_id text not null constraint case_handlings_answer_once unique,
    triage_id text not null,
    verdict text not null constraint case_handlings_verdict_known check (verdict in ('ACCEPTED', 'DECLINED')),
    reason text,
    explanation text,
    suggested_owner_id text,
    promise jsonb,
    first_due_at timestamptz(3),
    due_at timestamptz(3),
    kept_at timestamptz(3),
    extension_count int not null default 0,
    resolution text,
    resolved_at timestamptz(3),
    cost_amount numeric constraint case_handlings_cost_positive check (cost_amount > 0),
    cost_currency text,
    at timestamptz(3) not null,
    lapsed_at timestamptz(3),
    lapsed_why text constraint case_handlings_lapsed_why_known check (lapsed_why in ('WITHDRAWN', 'MERGED')),
    due_told_for timestamptz(3),
    broken_told_for timestamptz(3),
    watch_at timestamptz(3),
    constraint case_handlings_accepted_promises check (
      (verdict = 'ACCEPTED') = (promise is not null and first_due_at is not null and due_at is not null)),
    constraint case_handlings_declined_explains check (verdict = 'ACCEPTED' or (reason is not null and explanation is not null)),
    constraint case_handlings_not_mine_names_owner check (reason is distinct from 'NOT_MY_FUNCTION' or suggested_owner_id is not null),
    constraint case_handlings_resolution_whole check ((resolution is null) = (resolved_at is null)),
    constraint case_handlings_cost_whole check ((cost_amount is null) = (cost_currency is null))
  )`,
  `create index case_handlings_suggestion_idx on case_handlings (suggestion_id, at, id)`,
  `create index case_handlings_watch_idx on case_handlings (watch_at) where watch_at is not null`,
  ...rowSecurity('case_handlings', { read: 'all' }),
  `create table progress_notes (
    id bigint generated always as identity constraint progress_notes_pk primary key,
    owner_party_id text not null,
    handling_id text collate "C" not null,
    at timestamptz(3) not null,
    text text not null
  )`,
  `create index progress_notes_handling_idx on progress_notes (handling_id, at, id)`,
  ...rowSecurity('progress_notes', { read: 'all' }),
  `create table case_questions (
    id text collate "C" not null constraint case_questions_pk primary key,
    owner_party_id text not null,
    handling_id text collate "C" not null,
    text text not null,
    at timestamptz(3) not null,
    paused_until timestamptz(3) not null,
    answered_at timestamptz(3)
  )`,
  `create index case_questions_handling_idx on case_questions (handling_id, at, id)`,
  ...rowSecurity('case_questions', { read: 'all' }),
]

/** Indexes that hold all an indicator asks for, so that a period costs its own entries and no visit of the table. */
const COUNTED: readonly string[] = ['community_id', 'owner_party_id'].flatMap((axis) => [
  `create index answer_records_${axis}_idx on answer_records (${axis}, answer_by) include (arrived_at, answered_at, closed_at)`,
  `create index case_handlings_${axis}_at_idx on case_handlings (${axis}, at) include (verdict, reason, resolved_at, extension_count)`,
  `create index case_handlings_${axis}_due_idx on case_handlings (${axis}, due_at) include (kept_at, lapsed_at) where due_at is not null`,
  `create index case_handlings_${axis}_first_due_idx on case_handlings (${axis}, first_due_at) include (kept_at, lapsed_at) where due_at is not null`,
  `create index case_handlings_${axis}_open_idx on case_handlings (${axis}, due_at) where kept_at is null and lapsed_at is null and due_at is not null`,
])
