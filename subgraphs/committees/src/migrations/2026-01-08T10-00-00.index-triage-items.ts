import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Finds the stays of a suggestion on desks: what live desks read for every event about it. */
export class IndexTriageItems20260108 implements MigrationInterface {
  // TypeORM orders migrations by the 13 digits at the end of this name.
  readonly name = 'IndexTriageItems1767866400000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index triage_items_suggestion_idx on triage_items (suggestion_id)`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.')
  }
}
