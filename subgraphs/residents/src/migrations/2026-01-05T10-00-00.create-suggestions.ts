import { KIT_TABLES, rowSecurity } from '@commonhall/shared/persistence'
import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The kit's tables, what residents own, and what they know of the others. */
export class CreateSuggestions20260105 implements MigrationInterface {
  // TypeORM orders migrations by the 13 digits at the end of this name.
  readonly name = 'CreateSuggestions1767607200000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...KIT_TABLES, ...KNOWN_OF_OTHERS, ...RESIDENTS, ...SUGGESTIONS, ...AFTER_SUBMISSION, ...IMPORTS])
      await runner.query(statement)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.')
  }
}

/** Stages in which somebody still owes something; the same list as `isOpen` of shared/matters, which a test proves. */
const OPEN = `('SUBMITTED','TRIAGED','REFERRED_BACK','IN_CONFERENCE','PROMISED','IN_PROGRESS','WAITING_FOR_RESIDENT','REOPENED')`

/**
 * Projections of other parties' public events. They are of no resident and hold nothing personal, so they are under no row
 * security: every act has to look places, names and function items up, whomever it is for.
 */
const KNOWN_OF_OTHERS: readonly string[] = [
  `create table communities (
    id text collate "C" not null constraint communities_pk primary key,
    number int not null,
    name_zh text not null,
    name_en text not null,
    committee_id text not null,
    time_zone text not null,
    reopen_within_days int not null,
    smallest_group int not null,
    resident_count int not null default 0 constraint communities_resident_count_not_negative check (resident_count >= 0)
  )`,
  `create table known_parties (
    id text collate "C" not null constraint known_parties_pk primary key,
    kind text not null,
    name_zh text not null,
    name_en text not null
  )`,
  `create table cells (
    id text collate "C" not null constraint cells_pk primary key,
    community_id text not null,
    number int not null,
    boundary jsonb not null
  )`,
  `create table known_function_items (
    id text collate "C" not null constraint known_function_items_pk primary key,
    code text not null,
    title_zh text not null,
    title_en text not null,
    list text not null,
    keywords text[] not null
  )`,
  `create table projection_versions (
    name text not null constraint projection_versions_pk primary key,
    version bigint not null
  )`,
]

const RESIDENTS: readonly string[] = [
  `create table residents (
    id text collate "C" not null constraint residents_pk primary key,
    owner_party_id text not null generated always as (id) stored,
    subject text constraint residents_subject_once unique,
    name text,
    contact text,
    verification text not null constraint residents_verification_known check (verification in ('NONE','CONTACT','RESIDENCE','IDENTITY')),
    community_id text not null,
    cell_id text,
    age_band text not null,
    registered_at timestamptz(3) not null,
    import_system text,
    import_external_id text,
    constraint residents_imported_once unique (community_id, import_system, import_external_id)
  )`,
  ...rowSecurity('residents', { read: 'all' }),
  `create table resident_private (
    resident_id text collate "C" not null constraint resident_private_pk primary key constraint resident_private_of_resident references residents (id),
    owner_party_id text not null generated always as (resident_id) stored,
    birth_year int not null constraint resident_private_birth_year_plausible check (birth_year between 1890 and 2100)
  )`,
  ...rowSecurity('resident_private', { read: 'own' }),
]

const SUGGESTIONS: readonly string[] = [
  `create sequence suggestion_numbers`,
  `create table suggestions (
    id text collate "C" not null constraint suggestions_pk primary key,
    owner_party_id text not null,
    number text not null constraint suggestions_number_once unique,
    kind text not null constraint suggestions_kind_known check (kind in ('SUGGESTION','COMPLAINT','HELP_REQUEST','PETITION_LETTER','PRAISE')),
    text text not null,
    longitude float8,
    latitude float8,
    address text,
    community_id text collate "C" not null,
    cell_id text collate "C",
    author_id text,
    anonymous boolean not null,
    channel text not null,
    entered_by text,
    assent_form text,
    assent_at timestamptz(3),
    assent_witness text,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    withdrawn_at timestamptz(3),
    withdraw_reason text,
    merged_into text,
    supporters int not null default 0 constraint suggestions_supporters_not_negative check (supporters >= 0),
    public_text_cleared boolean not null,
    proposed_item text,
    age_band_then text,
    stage text collate "C" not null default 'SUBMITTED',
    stage_until timestamptz(3),
    limit_at timestamptz(3),
    resolved_at timestamptz(3),
    reopen_count int not null default 0,
    import_system text,
    import_external_id text,
    constraint suggestions_imported_once unique (community_id, import_system, import_external_id),
    constraint suggestions_place_whole check ((longitude is null) = (latitude is null)),
    constraint suggestions_entered_with_assent check (entered_by is null or assent_form is not null),
    constraint suggestions_owner_is_author_or_itself check (owner_party_id = id or (not anonymous and owner_party_id = author_id)),
    constraint suggestions_not_into_itself check (merged_into <> id)
  )`,
  // The id sorts by the time of creation, so it is the one sort key of every list and of every period.
  `create index suggestions_community_idx on suggestions (community_id, id desc) include (stage)`,
  `create index suggestions_community_stage_idx on suggestions (community_id, stage, id desc)`,
  `create index suggestions_stage_idx on suggestions (stage, id desc)`,
  `create index suggestions_cell_idx on suggestions (cell_id, id desc) where cell_id is not null`,
  `create index suggestions_author_idx on suggestions (author_id, id desc) where author_id is not null`,
  `create index suggestions_open_idx on suggestions (community_id, stage, id) where stage in ${OPEN}`,
  `create index suggestions_open_in_cell_idx on suggestions (cell_id) where stage in ${OPEN}`,
  `create index suggestions_resolved_idx on suggestions (community_id, resolved_at) include (reopen_count) where resolved_at is not null`,
  `create index suggestions_stage_until_idx on suggestions (stage_until) where stage_until is not null`,
  `create index suggestions_merged_into_idx on suggestions (merged_into) where merged_into is not null`,
  ...rowSecurity('suggestions', { read: 'all' }),
  `create table supports (
    suggestion_id text collate "C" not null constraint supports_of_suggestion references suggestions (id),
    resident_id text collate "C" not null,
    owner_party_id text not null generated always as (resident_id) stored,
    at timestamptz(3) not null,
    moved_from text,
    age_band_then text not null,
    constraint supports_once_per_person primary key (suggestion_id, resident_id)
  )`,
  ...rowSecurity('supports', { read: 'all' }),
  // What others wrote about a suggestion, and its timeline: a read model without an owner, also for entries not yet known here.
  `create table suggestion_facts (
    suggestion_id text collate "C" not null constraint suggestion_facts_pk primary key,
    facts jsonb not null default '{}',
    timeline jsonb not null default '[]',
    parties text[] not null default '{}'
  )`,
]

const AFTER_SUBMISSION: readonly string[] = [
  `create table outcomes (
    suggestion_id text collate "C" not null constraint outcomes_pk primary key constraint outcomes_of_suggestion references suggestions (id),
    owner_party_id text not null,
    community_id text collate "C" not null,
    resolved boolean not null,
    score smallint not null constraint outcomes_score_one_to_five check (score between 1 and 5),
    comment text,
    at timestamptz(3) not null,
    age_band_then text
  )`,
  `create index outcomes_community_idx on outcomes (community_id, at) include (resolved, score)`,
  ...rowSecurity('outcomes', { read: 'all' }),
  `create table reopenings (
    suggestion_id text collate "C" not null constraint reopenings_of_suggestion references suggestions (id),
    nth int not null,
    owner_party_id text not null,
    reason text not null,
    at timestamptz(3) not null,
    constraint reopenings_pk primary key (suggestion_id, nth)
  )`,
  ...rowSecurity('reopenings', { read: 'all' }),
  `create table case_questions (
    id text collate "C" not null constraint case_questions_pk primary key,
    suggestion_id text not null,
    handling_id text not null,
    department_id text not null,
    asked_at timestamptz(3) not null,
    paused_until timestamptz(3) not null
  )`,
  `create table case_answers (
    id text collate "C" not null constraint case_answers_pk primary key,
    owner_party_id text not null,
    question_id text collate "C" not null constraint case_answers_once_per_question unique,
    suggestion_id text collate "C" not null constraint case_answers_of_suggestion references suggestions (id),
    text text not null,
    at timestamptz(3) not null
  )`,
  `create index case_answers_suggestion_idx on case_answers (suggestion_id, at)`,
  ...rowSecurity('case_answers', { read: 'all' }),
  // Made of the committee's triage, for entries that may not be known here yet: a projection with its own clock.
  `create table merges (
    triage_id text collate "C" not null constraint merges_pk primary key,
    suggestion_id text collate "C" not null,
    into_id text,
    triaged_at timestamptz(3) not null,
    contest_until timestamptz(3) not null,
    state text not null constraint merges_state_known check (state in ('PENDING','CONTESTED','SUPERSEDED','MERGED','DROPPED'))
  )`,
  `create index merges_suggestion_idx on merges (suggestion_id, triaged_at desc)`,
  `create index merges_pending_idx on merges (contest_until) where state = 'PENDING'`,
]

const IMPORTS: readonly string[] = [
  `create table imports (
    id text collate "C" not null constraint imports_pk primary key,
    owner_party_id text not null,
    kind text not null,
    community_id text not null,
    source text not null,
    report jsonb not null,
    at timestamptz(3) not null
  )`,
  ...rowSecurity('imports', { read: 'own' }),
]
