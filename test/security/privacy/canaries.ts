import type { TestHub } from '@commonhall/harness'

/** Coordinates that nobody but author and handlers may see; the public sees 106.4568 and 29.5679 at most. */
export const EXACT = { longitude: 106.45678912, latitude: 29.56789123 } as const

const MARK = /CANARY\.([A-Z]+)\.([a-z0-9_]+)\.([a-z0-9_]+)\./g

/** Makes every personal value of the street recognisable: its kind, whose it is, and of which community. */
export const plantCanaries = async (hub: TestHub): Promise<void> => {
  const mark = (kind: string, owner: string, community: string): string =>
    `'CANARY.${kind}.' || coalesce(${owner}, 'nobody') || '.' || ${community} || '.'`
  const ofSuggestion = (kind: string, table: string): string =>
    `(select ${mark(kind, 's.author_id', 's.community_id')} from suggestions s where s.id = ${table}.suggestion_id)`
  const updates: ReadonlyArray<readonly [string, string]> = [
    ['residents', `name = ${mark('NAME', 'id', 'community_id')}, contact = ${mark('CONTACT', 'id', 'community_id')}`],
    [
      'suggestions',
      `text = case when public_text_cleared then 'cleared by its author' else ${mark('TEXT', 'author_id', 'community_id')} end,
       address = ${mark('ADDRESS', 'author_id', 'community_id')},
       assent_witness = case when assent_form is null then null else ${mark('WITNESS', 'author_id', 'community_id')} end,
       withdraw_reason = case when withdrawn_at is null then null else ${mark('REASON', 'author_id', 'community_id')} end,
       longitude = ${EXACT.longitude}, latitude = ${EXACT.latitude}`,
    ],
    ['outcomes', `comment = ${ofSuggestion('COMMENT', 'outcomes')}`],
    ['reopenings', `reason = ${ofSuggestion('REASON', 'reopenings')}`],
    ['case_answers', `text = ${ofSuggestion('ANSWER', 'case_answers')}`],
  ]
  for (const [table, set] of updates) {
    // Row security binds the owner too; it is lifted for this one statement, which no act could do.
    await hub.sql('residents', `alter table ${table} no force row level security`)
    await hub.sql('residents', `update ${table} set ${set}`)
    await hub.sql('residents', `alter table ${table} force row level security`)
  }
}

/** What a text gives away, as `KIND of owner`; what belongs to one of `own` (a person or a community) is no breach. */
export const canariesIn = (text: string, own: readonly string[] = []): string[] => {
  const found = [...text.matchAll(MARK)]
    .filter(([, , owner, community]) => !own.includes(owner ?? '') && !own.includes(community ?? ''))
    .map(([, kind, owner]) => `${kind} of ${owner}`)
  const places = own.length === 0 && (text.includes(String(EXACT.longitude)) || text.includes(String(EXACT.latitude))) ? ['PLACE'] : []
  return [...new Set([...found, ...places])]
}
