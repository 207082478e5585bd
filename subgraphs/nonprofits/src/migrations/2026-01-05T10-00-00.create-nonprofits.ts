import { KIT_TABLES, rowSecurity } from '@commonhall/shared/persistence'
import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The kit's tables, the organizations, their desks and their answers. */
export class CreateNonprofits20260105 implements MigrationInterface {
  // TypeORM orders migrations by the 13 digits at the end of this name.
  readonly name = 'CreateNonprofits1767607200000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...KIT_TABLES, ...TABLES]) await runner.query(statement)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.')
  }
}

const TABLES: readonly string[] = [
  `create table nonprofits (
    id text collate "C" not null constraint nonprofits_pk primary key,
    owner_party_id text not null generated always as (id) stored,
    name_zh text not null,
    name_en text not null,
    form text not null constraint nonprofits_form_known check (form in ('VOLUNTEER_ORGANIZATION', 'PUBLIC_SERVICE_GROUP',
      'MASS_ASSOCIATION', 'CULTURAL_TEAM', 'SOCIAL_WORK_AGENCY', 'FOUNDATION', 'MEDIATION_BODY')),
    registration text not null constraint nonprofits_registration_known check (registration in ('REGISTERED', 'FILED', 'INFORMAL')),
    org_id text constraint nonprofits_org_id_once unique,
    description_zh text,
    description_en text,
    host_committee_id text,
    members int not null constraint nonprofits_members_counted check (members >= 0),
    active boolean not null
  )`,
  `create index nonprofits_form_idx on nonprofits (form, id)`,
  ...rowSecurity('nonprofits', { read: 'all' }),
  // What residents and committees told about their own suggestions. Nobody here owns such a row, and every organization may know it
  // (where a committee sends a matter is public), so there is no row security.
  `create table matters (
    suggestion_id text collate "C" not null constraint matters_pk primary key,
    triage_id text collate "C",
    triage_at timestamptz(3),
    triage_route text,
    asked text[] not null default '{}',
    withdrawn_at timestamptz(3),
    merged_at timestamptz(3),
    constraint matters_triage_whole check ((triage_id is null) = (triage_at is null) and (triage_id is null) = (triage_route is null))
  )`,
  `create table communities (
    id text collate "C" not null constraint communities_pk primary key,
    max_extensions int not null constraint communities_max_extensions_whole check (max_extensions >= 0)
  )`,
  // The desk is private to its organization; what the public may count of it stands in answer_records, which name no suggestion.
  `create table referrals (
    id text collate "C" not null constraint referrals_pk primary key,
    owner_party_id text collate "C" not null,
    suggestion_id text collate "C" not null,
    community_id text collate "C" not null,
    triage_id text collate "C" not null,
    round int not null constraint referrals_round_counted check (round >= 0),
    arrived_at timestamptz(3) not null,
    answer_by timestamptz(3) not null,
    engagement_id text collate "C" constraint referrals_engagement_once unique,
    answered_at timestamptz(3),
    closed_at timestamptz(3),
    closed_why text constraint referrals_closed_why_known check (closed_why in ('SUPERSEDED', 'WITHDRAWN', 'MERGED')),
    finished_at timestamptz(3),
    constraint referrals_once_per_round unique (suggestion_id, owner_party_id, triage_id, round),
    constraint referrals_answer_whole check ((engagement_id is null) = (answered_at is null)),
    constraint referrals_closed_whole check ((closed_why is null) = (closed_at is null)),
    constraint referrals_answered_or_closed check (answered_at is null or closed_at is null)
  )`,
  `create unique index referrals_one_open on referrals (suggestion_id, owner_party_id) where answered_at is null and closed_at is null`,
  `create index referrals_desk_idx on referrals (owner_party_id, answer_by, id) where finished_at is null`,
  ...rowSecurity('referrals', { read: 'own' }),
  `create table answer_records (
    referral_id text collate "C" not null constraint answer_records_pk primary key,
    owner_party_id text collate "C" not null,
    community_id text collate "C" not null,
    answer_by timestamptz(3) not null,
    answered_at timestamptz(3),
    closed_at timestamptz(3)
  )`,
  `create index answer_records_community_idx on answer_records (community_id, answer_by) include (answered_at, closed_at)`,
  ...rowSecurity('answer_records', { read: 'all' }),
  `create table engagements (
    id text collate "C" not null constraint engagements_pk primary key,
    owner_party_id text collate "C" not null,
    referral_id text collate "C" not null constraint engagements_once_per_referral unique,
    suggestion_id text collate "C" not null,
    community_id text collate "C" not null,
    triage_id text collate "C" not null,
    verdict text not null constraint engagements_verdict_known check (verdict in ('ACCEPTED', 'DECLINED')),
    reason text,
    note text,
    at timestamptz(3) not null,
    promise jsonb,
    first_due_at timestamptz(3),
    due_at timestamptz(3),
    kept_at timestamptz(3),
    extension_count int not null default 0,
    delivery text,
    delivered_at timestamptz(3),
    lapsed_at timestamptz(3),
    lapsed_why text constraint engagements_lapsed_why_known check (lapsed_why in ('WITHDRAWN', 'MERGED')),
    next_look_at timestamptz(3),
    constraint engagements_accepted_has_promise check ((verdict = 'ACCEPTED') = (promise is not null)
      and (promise is null) = (due_at is null) and (promise is null) = (first_due_at is null)),
    constraint engagements_declined_has_reason check ((verdict = 'DECLINED') = (reason is not null) and (reason is null) = (note is null)),
    constraint engagements_delivery_keeps_promise check ((delivered_at is null) = (delivery is null)
      and delivered_at is not distinct from kept_at),
    constraint engagements_lapsed_whole check ((lapsed_why is null) = (lapsed_at is null))
  )`,
  `create index engagements_suggestion_idx on engagements (suggestion_id, at, id)`,
  // The watcher's queue: the next instant at which the passing of time has something to tell.
  `create index engagements_look_idx on engagements (next_look_at) where next_look_at is not null`,
  // One index per question of the indicators, each covering and bounded by the period.
  `create index engagements_made_idx on engagements (community_id, at) include (owner_party_id, extension_count) where verdict = 'ACCEPTED'`,
  `create index engagements_delivered_idx on engagements (community_id, delivered_at) include (owner_party_id) where delivered_at is not null`,
  `create index engagements_due_idx on engagements (community_id, due_at) include (kept_at, lapsed_at) where due_at is not null`,
  `create index engagements_first_due_idx on engagements (community_id, first_due_at) include (kept_at, lapsed_at)
    where first_due_at is not null`,
  `create index engagements_owed_idx on engagements (community_id, due_at)
    where due_at is not null and kept_at is null and lapsed_at is null`,
  ...rowSecurity('engagements', { read: 'all' }),
]
