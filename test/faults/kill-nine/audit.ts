import pg from 'pg'

import { adminUrlOf, PARTY_NAMES, type PartyName } from '@commonhall/harness'

import type { ActName } from '../../stories/suggestion-life/documents.js'
import type { Life } from './lives.js'
import type { Acknowledged } from './patient-client.js'

/** What the databases hold of what was acknowledged; every list but `savedByKey` must be empty. */
export interface Audit {
  /** Acknowledged acts without a journal row or without a record. */
  readonly lost: readonly string[]
  /** Keys that made more than one record, or more journal rows than one act makes. */
  readonly duplicated: readonly string[]
  /** Records of no acknowledged act, and journal rows of no record. */
  readonly orphans: readonly string[]
  /** Journal events that are not in the hub's log exactly once, or events of no journal row. */
  readonly undelivered: readonly string[]
  /** Facts that a party has not drawn from the others' events. */
  readonly gaps: readonly string[]
  /** Acts whose first answer was lost after the commit, so that only the key kept them single. */
  readonly savedByKey: number
  readonly journalRows: number
  readonly events: number
}

interface JournalRow {
  readonly party: PartyName
  readonly id: string
  readonly at: Date
  readonly act: string
  readonly recordId: string
  readonly clientKey: string | null
  readonly eventType: string | null
}

/** Which table an act fills, by the id that stands in its journal row; acts on existing records make none. */
const RECORDS: Readonly<Partial<Record<ActName, { readonly party: PartyName; readonly made: string }>>> = {
  submitSuggestion: { party: 'residents', made: `select id from suggestions where created_at >= $1 and entered_by is null` },
  recordSuggestionFor: { party: 'residents', made: `select id from suggestions where created_at >= $1 and entered_by is not null` },
  supportSuggestion: { party: 'residents', made: `select suggestion_id as id from supports where at >= $1` },
  rateOutcome: { party: 'residents', made: `select suggestion_id as id from outcomes where at >= $1` },
  triageSuggestion: { party: 'committees', made: `select id from triages where at >= $1` },
  takeCase: { party: 'committees', made: `select id from committee_handlings where at >= $1` },
  finishCase: { party: 'committees', made: `select id from committee_handlings where resolved_at >= $1` },
  acceptCase: { party: 'government', made: `select id from case_handlings where at >= $1 and verdict = 'ACCEPTED'` },
  declineCase: { party: 'government', made: `select id from case_handlings where at >= $1 and verdict = 'DECLINED'` },
  reportProgress: { party: 'government', made: `select handling_id as id from progress_notes where at >= $1` },
  resolveCase: { party: 'government', made: `select id from case_handlings where resolved_at >= $1` },
  acceptReferral: { party: 'nonprofits', made: `select id from engagements where at >= $1` },
  reportDelivery: { party: 'nonprofits', made: `select id from engagements where delivered_at >= $1` },
}

const JOURNAL = `select id, at, act, record_id as "recordId", client_key as "clientKey", event_type as "eventType" from journal
  where act not like '%.seed' order by seq`

/** What each party must know of the others for a suggestion of a route: a query that gives the suggestions it knows of. */
const PROJECTIONS: ReadonlyArray<{
  readonly party: PartyName
  readonly what: string
  readonly routes: ReadonlyArray<Life['route']>
  readonly known: string
}> = [
  {
    party: 'committees',
    what: 'the triage item',
    routes: ['GOVERNMENT', 'SELF', 'NONPROFIT'],
    known: `select suggestion_id as id from triage_items`,
  },
  {
    party: 'committees',
    what: 'the matter',
    routes: ['GOVERNMENT', 'SELF', 'NONPROFIT'],
    known: `select id from matters where number is not null`,
  },
  { party: 'committees', what: 'the answer', routes: ['GOVERNMENT', 'NONPROFIT'], known: `select suggestion_id as id from answers` },
  { party: 'government', what: 'the inbox item', routes: ['GOVERNMENT'], known: `select suggestion_id as id from inbox_items` },
  { party: 'nonprofits', what: 'the referral', routes: ['NONPROFIT'], known: `select suggestion_id as id from referrals` },
  {
    party: 'residents',
    what: 'the facts',
    routes: ['GOVERNMENT', 'SELF', 'NONPROFIT'],
    known: `select suggestion_id as id from suggestion_facts`,
  },
]

const withDatabase = async <T>(dataDir: string, database: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: adminUrlOf(dataDir, `commonhall_${database}`) })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const inParty = async <Row extends object>(dataDir: string, party: PartyName, text: string, values: unknown[] = []): Promise<Row[]> =>
  withDatabase(dataDir, party, async (client) => (await client.query<Row>(text, values)).rows)

/** How many events are still on their way: not in the log, or in the log and not seen by every party. */
export const eventsUnderWay = async (dataDir: string): Promise<number> => {
  const last = await withDatabase(dataDir, 'hub', async (client) =>
    Number((await client.query<{ last: string | null }>('select max(position) as last from events')).rows[0]?.last ?? 0),
  )
  let waiting = 0
  for (const party of PARTY_NAMES) {
    const [row] = await inParty<{ unpublished: string; position: string }>(
      dataDir,
      party,
      `select (select count(*) from journal_unpublished) as unpublished, (select coalesce(max(position), 0) from event_cursors) as position`,
    )
    // A consumer may rest below the last position while what follows concerns others; less than this gap is skipped lazily.
    const unseen = await withDatabase(dataDir, 'hub', async (client) =>
      Number(
        (
          await client.query<{ count: string }>(
            'select count(*) as count from events where position > $1 and position <= $2 and source <> $3',
            [row?.position ?? 0, last, party],
          )
        ).rows[0]?.count ?? 0,
      ),
    )
    waiting += Number(row?.unpublished ?? 0) + (unseen >= 100 ? unseen : 0)
  }
  return waiting
}

const countOf = <T>(values: readonly T[]): Map<T, number> => {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** What one list has more often than the other, as `label value`. */
const surplus = (label: string, these: readonly string[], those: readonly string[]): string[] => {
  const other = countOf(those)
  return [...countOf(these)].filter(([value, count]) => count > (other.get(value) ?? 0)).map(([value]) => `${label} ${value}`)
}

/** Compares what clients were told with what the five databases hold since `since`. */
export const audit = async (
  dataDir: string,
  told: { readonly since: Date; readonly acknowledged: readonly Acknowledged[]; readonly lives: readonly Life[] },
): Promise<Audit> => {
  const journal: JournalRow[] = []
  for (const party of PARTY_NAMES)
    for (const row of await inParty<Omit<JournalRow, 'party'>>(dataDir, party, JOURNAL)) journal.push({ party, ...row })
  const events = await withDatabase(
    dataDir,
    'hub',
    async (client) => (await client.query<{ id: string; type: string }>('select id, type from events')).rows,
  )

  const lost: string[] = []
  const duplicated: string[] = []
  const orphans: string[] = []
  const gaps: string[] = []
  const byKey = new Map<string, JournalRow[]>()
  for (const row of journal) if (row.clientKey !== null) byKey.set(row.clientKey, [...(byKey.get(row.clientKey) ?? []), row])
  const recordIds = new Map<ActName, string[]>()
  let savedByKey = 0
  for (const { act, clientKey, lostAtMs } of told.acknowledged) {
    const rows = byKey.get(clientKey) ?? []
    const [first] = rows
    if (first === undefined) {
      lost.push(`${act} ${clientKey}: no journal row`)
      continue
    }
    if (new Set(rows.map(({ recordId }) => recordId)).size > 1 || new Set(rows.map(({ eventType }) => eventType)).size < rows.length)
      duplicated.push(`${act} ${clientKey}: ${JSON.stringify(rows.map(({ recordId, eventType }) => [recordId, eventType]))}`)
    if (lostAtMs !== null && first.at.getTime() < lostAtMs) savedByKey++
    recordIds.set(act, [...(recordIds.get(act) ?? []), first.recordId])
  }
  for (const row of journal)
    if (row.clientKey !== null && !told.acknowledged.some(({ clientKey }) => clientKey === row.clientKey))
      orphans.push(`journal ${row.act} ${row.id}`)
  for (const [act, { party, made }] of Object.entries(RECORDS) as Array<[ActName, { party: PartyName; made: string }]>) {
    const ids = (await inParty<{ id: string }>(dataDir, party, made, [told.since])).map(({ id }) => id)
    lost.push(...surplus(`${act} acknowledged, no record`, recordIds.get(act) ?? [], ids))
    orphans.push(...surplus(`${act} record of no acknowledged act`, ids, recordIds.get(act) ?? []))
  }
  const owed = journal.filter(({ eventType }) => eventType !== null).map(({ id, eventType }) => `${id} ${eventType}`)
  const logged = events.map(({ id, type }) => `${id} ${type}`)
  const undelivered = [...surplus('journalled, not logged', owed, logged), ...surplus('logged, not journalled', logged, owed)]
  for (const { party, what, routes, known } of PROJECTIONS) {
    const ids = new Set((await inParty<{ id: string }>(dataDir, party, known)).map(({ id }) => id))
    for (const { suggestion, route } of told.lives)
      if (routes.includes(route) && !ids.has(suggestion)) gaps.push(`${party}: ${what} of ${suggestion}`)
  }
  for (const party of PARTY_NAMES)
    for (const { reason } of await inParty<{ reason: string }>(dataDir, party, 'select reason from dead_letters'))
      gaps.push(`${party}: dead letter ${reason}`)
  const stages = new Map(
    (
      await inParty<{ id: string; stage: string }>(dataDir, 'residents', 'select id, stage from suggestions where created_at >= $1', [
        told.since,
      ])
    ).map(({ id, stage }) => [id, stage]),
  )
  for (const { suggestion, stage } of told.lives)
    if (stages.get(suggestion) !== stage) gaps.push(`${suggestion}: stage ${stages.get(suggestion)} instead of ${stage}`)
  return { lost, duplicated, orphans, undelivered, gaps, savedByKey, journalRows: journal.length, events: events.length }
}
