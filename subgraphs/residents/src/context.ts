import type { RequestContext } from '@commonhall/shared/subgraph'
import { chinaCalendar } from '@commonhall/shared/time'

import { caseAnswerById, caseAnswersOf } from './capabilities/answers/index.js'
import { createGridSource, type GridSource } from './capabilities/cells/index.js'
import { communityById, knownPartyById } from './capabilities/communities/index.js'
import { createProposer, type Proposer } from './capabilities/functions/index.js'
import { funnelOf, openCountsOf, openInCell, satisfactionOf } from './capabilities/indicators/index.js'
import { outcomeOf, reopeningsOf } from './capabilities/outcomes/index.js'
import { residentById, signedInResident } from './capabilities/residents/index.js'
import { authorHandledBy, handledBy, timelineOf } from './capabilities/stages/index.js'
import { suggestionById, suggestionByNumber, suggestionsOf } from './capabilities/suggestions/index.js'
import { supportedBy } from './capabilities/supports/index.js'
import { createPersonalReader, type PersonalReader } from './personal-reader.js'

/** What one process of the residents keeps between requests: nothing personal, only what others published, and a secret. */
export interface ResidentsProcess {
  readonly followSecret: string
  readonly grid: GridSource
  readonly propose: Proposer
}

/** What a resolver of the residents has: the request, loaders that live as long as it, and who may read what of whom. */
export type ResidentsContext = RequestContext &
  ResidentsProcess & { readonly loaders: ReturnType<typeof createLoaders>; readonly personal: PersonalReader }

/** The caches of a process. */
export const createResidentsProcess = (followSecret: string): ResidentsProcess => ({
  followSecret,
  grid: createGridSource(),
  propose: createProposer(),
})

const createLoaders = ({ database: { read }, actor, clock }: RequestContext) => {
  const partyId = actor.actingFor?.partyId ?? ''
  const me = signedInResident(read, actor.subject)
  let supported: ReturnType<typeof supportedBy> | null = null
  return {
    me,
    /** Which suggestions the signed-in resident supports; null for who is none. */
    async supportedByMe() {
      const resident = await me()
      return resident === null ? null : (supported ??= supportedBy(read, resident.id))
    },
    outcomeOf: outcomeOf(read),
    reopeningsOf: reopeningsOf(read),
    caseAnswerById: caseAnswerById(read),
    caseAnswersOf: caseAnswersOf(read),
    satisfactionOf: satisfactionOf(read),
    funnelOf: funnelOf(read),
    openCountsOf: openCountsOf(read, clock.now(), chinaCalendar().zone),
    openInCell: openInCell(read),
    residentById: residentById(read),
    communityById: communityById(read),
    knownPartyById: knownPartyById(read),
    suggestionById: suggestionById(read),
    suggestionByNumber: suggestionByNumber(read),
    suggestionsOf: {
      community: suggestionsOf(read, 'COMMUNITY'),
      cell: suggestionsOf(read, 'CELL'),
      author: suggestionsOf(read, 'AUTHOR'),
      namedAuthor: suggestionsOf(read, 'NAMED_AUTHOR'),
      street: suggestionsOf(read, 'ALL'),
    },
    timelineOf: timelineOf(read),
    /** Whether the party of the reader's post handles a suggestion, or a matter of a person. */
    handled: handledBy(read, partyId),
    authorHandled: authorHandledBy(read, partyId),
  }
}

/** The context of one request. */
export const createResidentsContext = (base: RequestContext, process: ResidentsProcess): ResidentsContext => {
  const loaders = createLoaders(base)
  return { ...base, ...process, loaders, personal: createPersonalReader(base.actor, loaders) }
}
