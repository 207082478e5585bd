import type { BulkTable } from '@commonhall/shared/persistence'
import { newTypeId } from '@commonhall/shared/typeid'
import type { Nonprofit, Street } from '@commonhall/street'

import { seedStory } from './seed-story.js'

const NONPROFIT_COLUMNS = [
  ...['id', 'name_zh', 'name_en', 'form', 'registration', 'description_zh', 'description_en', 'host_committee_id', 'members', 'active'],
]
const MATTER_COLUMNS = ['suggestion_id', 'triage_id', 'triage_at', 'triage_route', 'asked', 'withdrawn_at', 'merged_at', 'reopened_at']
const REFERRAL_COLUMNS = [
  ...['id', 'owner_party_id', 'suggestion_id', 'community_id', 'triage_id', 'round', 'arrived_at', 'answer_by'],
  ...['state', 'owed_by', 'verdict', 'engagement_id', 'closed_because'],
]
const ENGAGEMENT_COLUMNS = [
  ...['id', 'owner_party_id', 'referral_id', 'suggestion_id', 'community_id', 'triage_id', 'verdict', 'reason', 'note', 'at', 'promise'],
  ...['first_due_at', 'due_at', 'kept_at', 'extension_count', 'delivery', 'delivered_at', 'released_at', 'next_look_at'],
]
const JOURNAL_COLUMNS = ['id', 'at', 'party_id', 'roles', 'client', 'act', 'record_type', 'record_id', 'trace_id']

type Row = readonly unknown[]

const nonprofitRow = ({ id, name, form, registration, description, hostCommittee, members }: Nonprofit): Row => [
  ...[id, name.zh, name.en, form, registration, description.zh, description.en, hostCommittee, members, true],
]

/** The rows of the street by table, in the order in which they must be loaded: the stories are told once, the small tables wait for them. */
export function* seedTables(street: Street): Generator<BulkTable> {
  const anchor = new Date(street.manifest.anchor)
  const referrals: Row[] = []
  const engagements: Row[] = []
  function* matters(): Generator<Row> {
    for (const story of street.suggestions()) {
      const rows = seedStory(story, anchor)
      if (rows.matter !== null) yield rows.matter
      referrals.push(...rows.referrals)
      engagements.push(...rows.engagements)
    }
  }
  yield { table: 'nonprofits', columns: NONPROFIT_COLUMNS, rows: street.nonprofits.map(nonprofitRow) }
  yield { table: 'matters', columns: MATTER_COLUMNS, rows: matters() }
  yield { table: 'referrals', columns: REFERRAL_COLUMNS, rows: referrals }
  yield { table: 'engagements', columns: ENGAGEMENT_COLUMNS, rows: engagements }
  const id = newTypeId('jrn', anchor.getTime())
  const entry: Row = [id, anchor, 'street', [], 'seed', 'nonprofits.seed', 'Manifest', 'street', id]
  yield { table: 'journal', columns: JOURNAL_COLUMNS, rows: [entry] }
  yield { table: 'manifests', columns: ['name', 'data'], rows: [['street', street.manifest]] }
}
