import { actors, expectDone, expectNoErrors, REFUSED, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

/** Puts organizations into the database, as no act of W1 does; the id decides whose row it is. */
export const registerNonprofits = async (nonprofits: TestParty, ids: readonly string[], form = 'VOLUNTEER_ORGANIZATION'): Promise<void> => {
  for (const [index, id] of ids.entries())
    await nonprofits.sql(
      `begin; select set_config('hub.party', '${id}', true);
       insert into nonprofits (id, name_zh, name_en, form, registration, description_zh, description_en, members, active)
       values ('${id}', '志愿队${index}', 'Volunteers ${index}', '${form}', 'FILED', '介绍', 'About', ${index * 4}, true); commit`,
    )
}

/** What a test says of a triage; everything else has a usual value. */
export interface ATriage {
  readonly suggestion: string
  readonly to: readonly string[]
  readonly triage?: string
  readonly route?: string
  readonly community?: string
  readonly at?: string
  readonly answerBy?: string
}

/** A committee sends a suggestion to organizations. */
export const triage = async (nonprofits: TestParty, facts: ATriage): Promise<string> => {
  const id = facts.triage ?? newTypeId('trg')
  await nonprofits.tell({
    type: 'committee.suggestion.triaged',
    source: 'committees',
    subject: facts.suggestion,
    data: {
      suggestion: facts.suggestion,
      triage: id,
      committee: newTypeId('cmt'),
      community: facts.community ?? COMMUNITY,
      route: facts.route ?? 'NONPROFIT',
      to: facts.to.map((party) => ({ kind: party.startsWith('npo') ? ('NONPROFIT' as const) : ('GOVERNMENT' as const), id: party })),
      functionItem: null,
      duplicateOf: null,
      answerBy: facts.answerBy ?? '2026-03-09T16:00:00.000Z',
      bounces: 0,
      at: facts.at ?? nonprofits.clock.now().toISOString(),
    },
  })
  return id
}

/** The community of every matter whose test does not say another. */
export const COMMUNITY = newTypeId('com', 1)

/** The referral of a suggestion on the desk of an organization, as its worker finds it. */
export const deskOf = async (nonprofits: TestParty, nonprofit: string, more = ''): Promise<Array<Record<string, unknown>>> => {
  const answer = await nonprofits.run(
    actors.worker(nonprofit),
    `{ referrals(nonprofit: "${nonprofit}", first: 100 ${more}) { nodes { id suggestion { id } arrivedAt answerBy overdue engagement { id verdict } } } }`,
  )
  expectNoErrors(answer)
  return answer.data.referrals.nodes as Array<Record<string, unknown>>
}

export const ACCEPT = `mutation ($input: AcceptReferralInput!) { acceptReferral(input: $input) {
  ${REFUSED} ... on Engagement { id verdict note promise { days clock firstDueAt dueAt basis plan state } by { id } suggestion { id } } } }`
export const DECLINE = `mutation ($input: DeclineReferralInput!) { declineReferral(input: $input) {
  ${REFUSED} ... on Engagement { id verdict reason note promise { dueAt } } } }`
export const EXTEND = `mutation ($input: ExtendEngagementInput!) { extendEngagement(input: $input) {
  ${REFUSED} ... on Engagement { id promise { firstDueAt dueAt state extensions { why dueAt } } } } }`
export const DELIVER = `mutation ($input: ReportDeliveryInput!) { reportDelivery(input: $input) {
  ${REFUSED} ... on Engagement { id delivery deliveredAt promise { state keptAt } } } }`

/** A usual promise. */
export const PROMISE = { days: 10, clock: 'WORKING', plan: '上门看望' }

/** Lets an organization be asked about a new suggestion, and gives the referral on its desk. */
export const askAbout = async (
  nonprofits: TestParty,
  nonprofit: string,
  facts: Partial<ATriage> = {},
): Promise<{ suggestion: string; referral: string }> => {
  const suggestion = facts.suggestion ?? newTypeId('sug')
  await triage(nonprofits, { to: [nonprofit], ...facts, suggestion })
  const place = (await deskOf(nonprofits, nonprofit)).find((one) => (one['suggestion'] as { id: string }).id === suggestion)
  return { suggestion, referral: String(place?.['id']) }
}

/** Lets an organization be asked and accept. */
export const acceptOne = async (
  nonprofits: TestParty,
  nonprofit: string,
  facts: Partial<ATriage> & { promise?: typeof PROMISE } = {},
): Promise<{ suggestion: string; referral: string; engagement: string }> => {
  const { promise = PROMISE, ...triageFacts } = facts
  const asked = await askAbout(nonprofits, nonprofit, triageFacts)
  const done = expectDone(await nonprofits.run(actors.worker(nonprofit), ACCEPT, { input: { referral: asked.referral, promise } }))
  return { ...asked, engagement: String(done['id']) }
}
