import { KIT_TABLES, rowSecurity } from '@commonhall/shared/persistence'
import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The kit's tables, territory and grid, the desk with its triages, own handlings, the ledger, and projections of the other parties. */
export class CreateCommittees20260105 implements MigrationInterface {
  // TypeORM orders migrations by the 13 digits at the end of this name.
  readonly name = 'CreateCommittees1767607200000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...KIT_TABLES, ...TERRITORY, ...GRID, ...PROJECTIONS, ...DESK, ...OWN_WORK]) await runner.query(statement)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.')
  }
}

const TERRITORY: readonly string[] = [
  `create table committees (
    id text collate "C" not null constraint committees_pk primary key,
    owner_party_id text not null generated always as (id) stored,
    community_id text collate "C" not null constraint committees_one_per_community unique,
    name_zh text not null,
    name_en text not null
  )`,
  ...rowSecurity('committees', { read: 'all' }),
  `create table communities (
    id text collate "C" not null constraint communities_pk primary key,
    owner_party_id text collate "C" not null constraint communities_one_per_committee unique,
    number int not null constraint communities_number_once unique,
    name_zh text not null,
    name_en text not null,
    boundary jsonb,
    census jsonb not null,
    models text[] not null,
    rules jsonb not null
  )`,
  ...rowSecurity('communities', { read: 'all' }),
  `create table nets (
    id text collate "C" not null constraint nets_pk primary key,
    owner_party_id text not null,
    community_id text collate "C" not null,
    number int not null,
    boundary jsonb,
    managers jsonb not null default '[]',
    constraint nets_number_once unique (community_id, number)
  )`,
  ...rowSecurity('nets', { read: 'all' }),
  `create sequence cells_revision`,
  `create table cells (
    id text collate "C" not null constraint cells_pk primary key,
    owner_party_id text not null,
    community_id text collate "C" not null,
    net_id text collate "C" not null constraint cells_in_a_net references nets (id),
    number int not null,
    boundary jsonb,
    revision bigint not null default nextval('cells_revision'),
    constraint cells_number_once unique (community_id, number)
  )`,
  `create index cells_net_idx on cells (net_id, number)`,
  `create index cells_revision_idx on cells (revision)`,
  ...rowSecurity('cells', { read: 'all' }),
  `create table buildings (
    id text collate "C" not null constraint buildings_pk primary key,
    owner_party_id text not null,
    cell_id text collate "C" not null constraint buildings_in_a_cell references cells (id),
    name_zh text not null,
    name_en text not null,
    households int not null constraint buildings_households_counted check (households >= 0),
    has_group boolean not null,
    has_building_committee boolean not null,
    constraint buildings_name_once unique (cell_id, name_zh)
  )`,
  ...rowSecurity('buildings', { read: 'all' }),
  `create table grid_imports (
    id text collate "C" not null constraint grid_imports_pk primary key,
    owner_party_id text not null,
    community_id text not null,
    accepted int not null,
    duplicates int not null,
    at timestamptz(3) not null
  )`,
  ...rowSecurity('grid_imports', { read: 'own' }),
]

const GRID: readonly string[] = [
  `create table cell_managers (
    id bigint generated always as identity constraint cell_managers_pk primary key,
    owner_party_id text not null,
    cell_id text collate "C" not null constraint cell_managers_in_a_cell references cells (id),
    role text not null,
    holder text not null,
    since date not null,
    until date,
    constraint cell_managers_end_after_start check (until is null or until >= since)
  )`,
  `create unique index cell_managers_role_once on cell_managers (cell_id, role) where until is null`,
  `create index cell_managers_cell_idx on cell_managers (cell_id, role, since)`,
  ...rowSecurity('cell_managers', { read: 'all' }),
  `create table visits (
    id text collate "C" not null constraint visits_pk primary key,
    owner_party_id text not null,
    community_id text collate "C" not null,
    cell_id text collate "C" not null constraint visits_in_a_cell references cells (id),
    at timestamptz(3) not null,
    by_role text not null,
    households int not null constraint visits_households_positive check (households > 0),
    note text
  )`,
  `create index visits_cell_idx on visits (cell_id, at desc, id desc)`,
  `create index visits_community_idx on visits (community_id, at) include (cell_id, households)`,
  ...rowSecurity('visits', { read: 'all' }),
]

// Facts of the other parties, rebuilt from the event log at any time: they are rows of none of the nine committees, so no row security.
const PROJECTIONS: readonly string[] = [
  `create table known_parties (
    id text collate "C" not null constraint known_parties_pk primary key,
    kind text not null,
    form text,
    community_id text,
    name_zh text,
    name_en text
  )`,
  `create table known_functions (
    id text collate "C" not null constraint known_functions_pk primary key,
    code text not null,
    list text not null,
    owner text not null,
    respond_within_days int not null,
    resolve_within_days int not null,
    clock text not null
  )`,
  `create table matters (
    id text collate "C" not null constraint matters_pk primary key,
    number text,
    community_id text collate "C",
    cell_id text collate "C",
    kind text,
    channel text,
    proposed_item text,
    created_at timestamptz(3),
    withdrawn_at timestamptz(3),
    merged_into text,
    reopened_at timestamptz(3),
    on_desk_since timestamptz(3)
  )`,
  `create index matters_on_desk_idx on matters (community_id) where on_desk_since is not null`,
  `create table answers (
    handling_id text collate "C" not null constraint answers_pk primary key,
    suggestion_id text collate "C" not null,
    party_id text not null,
    verdict text not null constraint answers_verdict_known check (verdict in ('ACCEPTED', 'DECLINED')),
    reason text,
    at timestamptz(3) not null,
    resolved_at timestamptz(3)
  )`,
  `create index answers_suggestion_idx on answers (suggestion_id)`,
]

const DESK: readonly string[] = [
  `create table triage_items (
    id text collate "C" not null constraint triage_items_pk primary key,
    owner_party_id text collate "C" not null,
    suggestion_id text collate "C" not null,
    cell_id text collate "C",
    kind text not null,
    state text collate "C" not null constraint triage_items_state_known check (state in ('WAITING', 'ROUTED', 'LEFT')),
    arrived_at timestamptz(3) not null,
    triage_by timestamptz(3) not null,
    bounces int not null,
    proposed_item text,
    closed_at timestamptz(3),
    overdue_told boolean not null default false
  )`,
  `create unique index triage_items_waiting_once on triage_items (suggestion_id) where state = 'WAITING'`,
  `create index triage_items_desk_idx on triage_items (owner_party_id, state, triage_by, id)`,
  `create index triage_items_cell_idx on triage_items (owner_party_id, state, cell_id, triage_by, id)`,
  `create index triage_items_overdue_idx on triage_items (owner_party_id, triage_by) where state = 'WAITING' and not overdue_told`,
  ...rowSecurity('triage_items', { read: 'own' }),
  `create table triages (
    id text collate "C" not null constraint triages_pk primary key,
    owner_party_id text not null,
    suggestion_id text collate "C" not null,
    community_id text collate "C" not null,
    channel text not null,
    route text not null,
    to_kinds text[] not null,
    to_ids text[] not null,
    function_item text,
    duplicate_of text,
    note text,
    round int not null,
    supersedes text constraint triages_superseded_once unique,
    at timestamptz(3) not null,
    answer_by timestamptz(3) not null,
    minutes_to_triage int,
    constraint triages_first_supersedes_none check ((round = 1) = (supersedes is null)),
    constraint triages_reach_every_party check (cardinality(to_kinds) = cardinality(to_ids))
  )`,
  `create unique index triages_round_once on triages (suggestion_id, round)`,
  `create index triages_indicator_idx on triages (community_id, at) include (minutes_to_triage, channel) where supersedes is null`,
  ...rowSecurity('triages', { read: 'all' }),
  `create table joint_conferences (
    id text collate "C" not null constraint joint_conferences_pk primary key,
    owner_party_id text not null,
    suggestion_id text collate "C" not null,
    triage_id text not null constraint joint_conferences_once_per_triage unique,
    called_by_rule boolean not null,
    bounces int not null,
    convened_at timestamptz(3) not null,
    hold_by timestamptz(3) not null
  )`,
  `create index joint_conferences_suggestion_idx on joint_conferences (suggestion_id, convened_at desc)`,
  ...rowSecurity('joint_conferences', { read: 'all' }),
]

const OWN_WORK: readonly string[] = [
  `create table committee_handlings (
    id text collate "C" not null constraint committee_handlings_pk primary key,
    owner_party_id text not null,
    suggestion_id text collate "C" not null,
    triage_id text not null,
    promise jsonb not null,
    warn_at timestamptz(3) not null,
    due_at timestamptz(3) not null,
    resolution text,
    at timestamptz(3) not null,
    resolved_at timestamptz(3),
    due_told boolean not null default false,
    broken_told boolean not null default false
  )`,
  `create unique index committee_handlings_open_once on committee_handlings (suggestion_id) where resolved_at is null`,
  `create index committee_handlings_suggestion_idx on committee_handlings (suggestion_id, at desc, id desc)`,
  `create index committee_handlings_warn_idx on committee_handlings (warn_at) where resolved_at is null and not due_told`,
  `create index committee_handlings_due_idx on committee_handlings (due_at) where resolved_at is null and not broken_told`,
  ...rowSecurity('committee_handlings', { read: 'all' }),
  `create table ledger_entries (
    id text collate "C" not null constraint ledger_entries_pk primary key,
    owner_party_id text not null,
    community_id text collate "C" not null,
    suggestion_id text collate "C",
    title text not null,
    promise jsonb,
    feedback_every_days int not null constraint ledger_entries_feedback_monthly check (feedback_every_days between 1 and 30),
    schedule jsonb not null default '[]',
    feedback jsonb not null default '[]',
    opened_at timestamptz(3) not null,
    closed_at timestamptz(3)
  )`,
  `create unique index ledger_entries_open_once on ledger_entries (suggestion_id) where closed_at is null`,
  `create index ledger_entries_community_idx on ledger_entries (community_id, opened_at desc, id desc)`,
  `create index ledger_entries_suggestion_idx on ledger_entries (suggestion_id, opened_at desc, id desc)`,
  ...rowSecurity('ledger_entries', { read: 'all' }),
]
