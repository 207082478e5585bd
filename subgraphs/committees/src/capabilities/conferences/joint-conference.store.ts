import { sql, type SqlReader, type Tx } from '@commonhall/shared/persistence'

import { JointConferenceRow } from './joint-conference.entity.js'
import type { JointConference } from './joint-conference.js'

const COLUMNS = `id, owner_party_id as "ownerPartyId", suggestion_id as "suggestionId", triage_id as "triageId", called_by_rule as "calledByRule",
  bounces, convened_at as "convenedAt", hold_by as "holdBy"`
const BY_IDS = sql('joint_conferences.by_ids', `select ${COLUMNS} from joint_conferences where id = any($1)`)
const LATEST = sql(
  'joint_conferences.latest',
  `select distinct on (suggestion_id) ${COLUMNS} from joint_conferences where suggestion_id = any($1) order by suggestion_id, convened_at desc, id desc`,
)

/** Conferences by id, in no order; unknown ids are absent. One statement. */
export const findConferences = (reader: SqlReader, ids: readonly string[]): Promise<JointConference[]> =>
  reader.rows<JointConference>(BY_IDS, [ids])

/** The latest conference of each suggestion that has one. One statement. */
export const findLatestConferences = (reader: SqlReader, suggestionIds: readonly string[]): Promise<JointConference[]> =>
  reader.rows<JointConference>(LATEST, [suggestionIds])

/** Stores a new conference. */
export const saveConference = async (tx: Tx, conference: JointConference): Promise<void> => {
  await tx.manager.insert(JointConferenceRow, { ...conference })
}
