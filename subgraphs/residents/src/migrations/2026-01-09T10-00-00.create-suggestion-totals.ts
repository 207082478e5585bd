import { dayOf, dayTotals, type CountedTable } from '@commonhall/shared/persistence'
import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Suggestions and outcomes by day, month and year, in place of `community_days`, which read a row for every day of a period. */
export class CreateSuggestionTotals20260109 implements MigrationInterface {
  // TypeORM orders migrations by the 13 digits at the end of this name.
  readonly name = 'CreateSuggestionTotals1767952800000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...NO_LONGER_KEPT, ...dayTotals('suggestion', COUNTED)]) await runner.query(statement)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.')
  }
}

const STAGES =
  'SUBMITTED TRIAGED REFERRED_BACK IN_CONFERENCE PROMISED IN_PROGRESS WAITING_FOR_RESIDENT EXPLAINED RESOLVED SATISFIED REOPENED MERGED WITHDRAWN'.split(
    ' ',
  )
const scopes = ['r.community_id']

const COUNTED: readonly CountedTable[] = [
  {
    table: 'suggestions',
    counts: [
      { scopes, day: dayOf('r.created_at'), metrics: Object.fromEntries(STAGES.map((stage) => [stage, `r.stage = '${stage}'`])) },
      { scopes, day: dayOf('r.resolved_at'), metrics: { asked: '1', reopened: 'r.reopen_count > 0' } },
    ],
  },
  {
    table: 'outcomes',
    counts: [{ scopes, day: dayOf('r.at'), metrics: { answered: '1', resolved: 'r.resolved', satisfied: 'r.score >= 4' } }],
  },
]

const NO_LONGER_KEPT: readonly string[] = [
  ...['suggestions', 'outcomes'].flatMap((table) =>
    ['insert', 'update', 'delete'].flatMap((event) => [
      `drop trigger count_on_${event} on ${table}`,
      `drop function count_${table}_on_${event}()`,
    ]),
  ),
  `drop function add_up_community_days(int)`,
  `drop table community_day_deltas`,
  `drop table community_days`,
]
