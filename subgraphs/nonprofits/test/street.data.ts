import { newTypeId } from '@commonhall/shared/typeid'
import type { TestParty } from '@commonhall/harness'

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
