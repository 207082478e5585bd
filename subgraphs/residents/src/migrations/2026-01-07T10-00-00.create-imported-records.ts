import { rowSecurity } from '@commonhall/shared/persistence'
import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Which record of an old system became which record here, and what it said then: the memory that makes a repeated import harmless.
 *
 * It belongs to the committee that imports: the numbers of its old system are nobody else's business.
 */
export class CreateImportedRecords20260107 implements MigrationInterface {
  // TypeORM orders migrations by the 13 digits at the end of this name.
  readonly name = 'CreateImportedRecords1767780000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table imported_records (
      community_id text collate "C" not null,
      kind text not null constraint imported_records_kind_known check (kind in ('SUGGESTION','RESIDENT')),
      system text collate "C" not null,
      external_id text collate "C" not null,
      record_id text collate "C" not null,
      owner_party_id text not null,
      digest text not null,
      constraint imported_records_once primary key (community_id, kind, system, external_id)
    )`)
    for (const statement of rowSecurity('imported_records', { read: 'own' })) await runner.query(statement)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.')
  }
}
