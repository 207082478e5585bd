import { dayOf, dayTotals, NO_DAY, type CountedTable } from '@commonhall/shared/persistence'
import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Triages by day and what waits now: what `grid` reads instead of every triage of its period. */
export class CreateGridTotals20260106 implements MigrationInterface {
  // TypeORM orders migrations by the 13 digits at the end of this name.
  readonly name = 'CreateGridTotals1767693600000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...dayTotals('grid', COUNTED), 'drop index triages_indicator_idx', 'drop index matters_on_desk_idx'])
      await runner.query(statement)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.')
  }
}

const scopes = ['r.community_id']
const CHANNELS = ['APP', 'WEB', 'HOTLINE', 'STATION', 'VISIT', 'PAPER', 'FACE_TO_FACE', 'PARTNER']

const COUNTED: readonly CountedTable[] = [
  {
    table: 'triages',
    counts: [
      // Only the first triage of an entry counts: a second one is a correction.
      {
        scopes,
        day: dayOf('r.at'),
        when: 'r.supersedes is null',
        metrics: Object.fromEntries(CHANNELS.map((channel) => [channel, `r.channel = '${channel}'`])),
      },
      { scopes, day: dayOf('r.at'), when: 'r.supersedes is null', bucket: 'r.minutes_to_triage', metrics: { minutesToTriage: '1' } },
    ],
  },
  { table: 'matters', counts: [{ scopes, day: NO_DAY, metrics: { waiting: 'r.on_desk_since is not null' } }] },
]
