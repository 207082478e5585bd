import { dayOf, dayOfLimit, dayTotals, type CountedTable } from '@commonhall/shared/persistence'
import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What organizations were asked, promised and delivered, by day: what `nonprofitWork` reads instead of every engagement of its period. */
export class CreateWorkTotals20260106 implements MigrationInterface {
  // TypeORM orders migrations by the 13 digits at the end of this name.
  readonly name = 'CreateWorkTotals1767693600000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...dayTotals('work', COUNTED), ...ACTIVE, ...NO_LONGER_READ]) await runner.query(statement)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.')
  }
}

const scopes = ['r.community_id']

const COUNTED: readonly CountedTable[] = [
  {
    table: 'answer_records',
    counts: [
      // A referral that left the desk before its limit (re-triaged, withdrawn, merged) owed no answer.
      {
        scopes,
        day: dayOfLimit('r.answer_by'),
        when: 'r.closed_at is null or r.closed_at > r.answer_by',
        metrics: { received: '1', responded: 'r.answered_at <= r.answer_by' },
      },
    ],
  },
  {
    table: 'engagements',
    counts: [
      { scopes, day: dayOf('r.at'), when: `r.verdict = 'ACCEPTED'`, metrics: { accepted: '1', extended: 'r.extension_count > 0' } },
      { scopes, day: dayOf('r.delivered_at'), metrics: { handled: '1' } },
      // A promise that lapsed before its limit was not due.
      {
        scopes,
        day: dayOfLimit('r.due_at'),
        when: 'r.lapsed_at is null or r.lapsed_at > r.due_at',
        metrics: { due: '1', keptByDue: 'r.kept_at <= r.due_at' },
      },
      {
        scopes,
        day: dayOfLimit('r.first_due_at'),
        when: 'r.lapsed_at is null or r.lapsed_at > r.first_due_at',
        metrics: { firstDue: '1', keptByFirstDue: 'r.kept_at <= r.first_due_at' },
      },
      { scopes, day: dayOfLimit('r.due_at'), metrics: { owed: 'r.kept_at is null and r.lapsed_at is null' } },
    ],
  },
]

/** Who was active here in a period cannot be added up by days; so each organization is looked up once, however much it did. */
const ACTIVE: readonly string[] = [
  `create index engagements_active_idx on engagements (community_id, owner_party_id, at) where verdict = 'ACCEPTED'`,
  `create index engagements_delivering_idx on engagements (community_id, owner_party_id, delivered_at) where delivered_at is not null`,
]

/** Indexes that only the indicator used, when it still counted engagements. */
const NO_LONGER_READ = [
  ...['answer_records_community_idx', 'engagements_made_idx', 'engagements_delivered_idx'],
  ...['engagements_due_idx', 'engagements_first_due_idx'],
].map((index) => `drop index ${index}`)
