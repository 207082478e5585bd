import type { BulkTable } from '@commonhall/shared/persistence'
import { promiseToJson } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'
import type { Nonprofit, Street } from '@commonhall/street'

import type { Engagement } from '../capabilities/engagements/engagement.js'
import type { Matter } from '../capabilities/matters/matter.js'
import { recordsOf, type SeededReferral } from './seed-story.js'

type Row = readonly unknown[]

const NONPROFITS = 'id name_zh name_en form registration description_zh description_en host_committee_id members active'.split(' ')
const nonprofitRow = ({ id, name, form, registration, description, hostCommittee, members }: Nonprofit): Row => [
  ...[id, name.zh, name.en, form, registration, description.zh, description.en, hostCommittee, members, true],
]

const MATTERS = 'suggestion_id triage_id triage_at triage_route asked withdrawn_at merged_at'.split(' ')
const matterRow = ({ suggestionId, triage, asked, withdrawnAt, mergedAt }: Matter): Row => [
  ...[suggestionId, triage?.id, triage?.at, triage?.route, asked, withdrawnAt, mergedAt],
]

const REFERRALS =
  'id owner_party_id suggestion_id community_id triage_id round arrived_at answer_by engagement_id answered_at closed_at closed_why finished_at'.split(
    ' ',
  )
const referralRow = (referral: SeededReferral): Row => {
  const { id, ownerPartyId, suggestionId, communityId, triageId, round, arrivedAt, answerBy } = referral
  const { engagementId, answeredAt, closedAt, closedWhy, finishedAt } = referral
  const asked = [id, ownerPartyId, suggestionId, communityId, triageId, round, arrivedAt, answerBy]
  return [...asked, engagementId, answeredAt, closedAt, closedWhy, finishedAt]
}

const ANSWER_RECORDS = 'referral_id owner_party_id community_id answer_by answered_at closed_at'.split(' ')
const answerRecordRow = ({ id, ownerPartyId, communityId, answerBy, answeredAt, closedAt }: SeededReferral): Row => [
  ...[id, ownerPartyId, communityId, answerBy, answeredAt, closedAt],
]

const ENGAGEMENTS = [
  ...'id owner_party_id referral_id suggestion_id community_id triage_id verdict reason note at promise first_due_at due_at kept_at'.split(
    ' ',
  ),
  ...'extension_count delivery delivered_at lapsed_at lapsed_why next_look_at'.split(' '),
]
const engagementRow = (engagement: Engagement): Row => {
  const { id, ownerPartyId, referralId, suggestionId, communityId, triageId, verdict, reason, note, at, promise } = engagement
  const { delivery, deliveredAt, lapsedAt, lapsedWhy, nextLookAt } = engagement
  const answer = [id, ownerPartyId, referralId, suggestionId, communityId, triageId, verdict, reason, note, at]
  const promised =
    promise === null
      ? [null, null, null, null, 0]
      : [promiseToJson(promise), promise.firstDueAt, promise.dueAt, promise.keptAt, promise.extensions.length]
  return [...answer, ...promised, delivery, deliveredAt, lapsedAt, lapsedWhy, nextLookAt]
}

const JOURNAL = 'id at party_id roles client act record_type record_id trace_id'.split(' ')

/**
 * The rows of the street by table, in the order in which they must be loaded.
 *
 * Each story is told once: while its matters are loaded, its referrals and engagements (a sixth of the stories have some) wait in memory.
 */
export function* seedTables(street: Street): Generator<BulkTable> {
  const anchor = new Date(street.manifest.anchor)
  const referrals: SeededReferral[] = []
  const engagements: Engagement[] = []
  function* matters(): Generator<Row> {
    for (const story of street.suggestions()) {
      const records = recordsOf(story, anchor)
      if (records.matter !== null) yield matterRow(records.matter)
      referrals.push(...records.referrals)
      engagements.push(...records.engagements)
    }
  }
  yield { table: 'nonprofits', columns: NONPROFITS, rows: street.nonprofits.map(nonprofitRow) }
  yield {
    table: 'communities',
    columns: ['id', 'max_extensions'],
    rows: street.communities.map(({ id, rules }) => [id, rules.maxExtensions]),
  }
  yield { table: 'matters', columns: MATTERS, rows: matters() }
  yield { table: 'referrals', columns: REFERRALS, rows: mapped(referrals, referralRow) }
  yield { table: 'answer_records', columns: ANSWER_RECORDS, rows: mapped(referrals, answerRecordRow) }
  yield { table: 'engagements', columns: ENGAGEMENTS, rows: mapped(engagements, engagementRow) }
  const id = newTypeId('jrn', anchor.getTime())
  const entry: Row = [id, anchor, 'street', [], 'seed', 'nonprofit.seed', 'Manifest', 'street', id]
  yield { table: 'journal', columns: JOURNAL, rows: [entry] }
  yield { table: 'manifests', columns: ['name', 'data'], rows: [['street', street.manifest]] }
}

/** Rows made one at a time, while they are sent. */
function* mapped<T>(records: readonly T[], toRow: (record: T) => Row): Generator<Row> {
  for (const record of records) yield toRow(record)
}
