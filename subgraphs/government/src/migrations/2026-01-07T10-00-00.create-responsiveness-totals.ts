import { dayOf, dayOfLimit, dayTotals, type CountedTable } from '@commonhall/shared/persistence'
import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What departments answered and promised, by day: what `responsiveness` reads instead of every case of its period. */
export class CreateResponsivenessTotals20260107 implements MigrationInterface {
  // TypeORM orders migrations by the 13 digits at the end of this name.
  readonly name = 'CreateResponsivenessTotals1767780000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...dayTotals('responsiveness', COUNTED), ...NO_LONGER_READ]) await runner.query(statement)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.')
  }
}

const scopes = ['r.community_id', 'r.owner_party_id']
/** An item that left the desk before its limit (re-triaged, withdrawn, merged) owed no answer. */
const wasOwed = '(r.closed_at is null or r.closed_at > r.answer_by)'

const COUNTED: readonly CountedTable[] = [
  {
    table: 'answer_records',
    counts: [
      { scopes, day: dayOfLimit('r.answer_by'), when: wasOwed, metrics: { received: '1', responded: 'r.answered_at <= r.answer_by' } },
      {
        scopes,
        day: dayOfLimit('r.answer_by'),
        when: `${wasOwed} and r.answered_at is not null`,
        bucket: `round(date_part('epoch', r.answered_at - r.arrived_at) / 3600)::int`,
        metrics: { hoursToRespond: '1' },
      },
    ],
  },
  {
    table: 'case_handlings',
    counts: [
      {
        scopes,
        day: dayOf('r.at'),
        metrics: {
          answered: '1',
          declinedNotMine: `r.reason = 'NOT_MY_FUNCTION'`,
          accepted: `r.verdict = 'ACCEPTED'`,
          resolved: `r.verdict = 'ACCEPTED' and r.resolved_at is not null`,
          extended: `r.verdict = 'ACCEPTED' and r.extension_count > 0`,
        },
      },
      // A promise that lapsed before its limit was not due.
      {
        scopes,
        day: dayOfLimit('r.due_at'),
        when: 'r.lapsed_at is null or r.lapsed_at > r.due_at',
        metrics: { due: '1', onTime: 'r.kept_at <= r.due_at' },
      },
      {
        scopes,
        day: dayOfLimit('r.first_due_at'),
        when: 'r.lapsed_at is null or r.lapsed_at > r.first_due_at',
        metrics: { firstDue: '1', keptPromise: 'r.kept_at <= r.first_due_at' },
      },
      { scopes, day: dayOfLimit('r.due_at'), metrics: { owed: 'r.kept_at is null and r.lapsed_at is null' } },
    ],
  },
]

/** Indexes that only the indicator used, when it still counted cases. */
const NO_LONGER_READ: readonly string[] = ['community_id', 'owner_party_id'].flatMap((axis) => [
  `drop index answer_records_${axis}_idx`,
  `drop index case_handlings_${axis}_at_idx`,
  `drop index case_handlings_${axis}_due_idx`,
  `drop index case_handlings_${axis}_first_due_idx`,
])
