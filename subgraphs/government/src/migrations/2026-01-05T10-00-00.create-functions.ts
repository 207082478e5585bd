import { KIT_TABLES, rowSecurity } from '@commonhall/shared/persistence'
import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The kit's tables, the departments and their function list. */
export class CreateFunctions20260105 implements MigrationInterface {
  // TypeORM orders migrations by the 13 digits at the end of this name.
  readonly name = 'CreateFunctions1767607200000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...KIT_TABLES, ...TABLES]) await runner.query(statement)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.')
  }
}

const TABLES: readonly string[] = [
  `create table departments (
    id text collate "C" not null constraint departments_pk primary key,
    owner_party_id text not null generated always as (id) stored,
    code text not null constraint departments_code_once unique,
    name_zh text not null,
    name_en text not null,
    business_unit boolean not null
  )`,
  ...rowSecurity('departments', { read: 'all' }),
  `create table function_items (
    id text collate "C" not null constraint function_items_pk primary key,
    owner_party_id text not null,
    code text collate "C" not null constraint function_items_code_once unique,
    title_zh text not null,
    title_en text not null,
    list text not null constraint function_items_list_known check (list in ('BASIC', 'COOPERATIVE', 'TAKEN_BACK')),
    supporting text[] not null,
    legal_basis text not null,
    respond_within_days int not null constraint function_items_respond_positive check (respond_within_days > 0),
    resolve_within_days int not null constraint function_items_resolve_positive check (resolve_within_days > 0),
    clock text not null constraint function_items_clock_known check (clock in ('CALENDAR', 'WORKING')),
    keywords text[] not null,
    valid_from date not null,
    valid_until date
  )`,
  `create index function_items_owner_idx on function_items (owner_party_id, code)`,
  ...rowSecurity('function_items', { read: 'all' }),
]
