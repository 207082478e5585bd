import type { Page } from '@commonhall/shared/loading'
import type { RequestContext } from '@commonhall/shared/subgraph'

import { engagementById, engagementsOfSuggestion } from './capabilities/engagements/index.js'
import { nonprofitWorkByCommunity } from './capabilities/indicators/index.js'
import { nonprofitById, pageNonprofits, type NonprofitFilter } from './capabilities/organizations/index.js'
import { referralById } from './capabilities/referrals/referral.loader.js'

/** What a resolver of the nonprofits has: the request and a set of loaders that live as long as it. */
export type NonprofitsContext = RequestContext & { readonly loaders: ReturnType<typeof createLoaders> }

const createLoaders = ({ actor, clock, database }: RequestContext) => {
  const { read } = database
  return {
    nonprofitById: nonprofitById(read),
    pageOfNonprofits: (page: Page, filter: NonprofitFilter) => pageNonprofits(read, page, filter),
    engagementById: engagementById(read),
    engagementsOfSuggestion: engagementsOfSuggestion(read),
    /** Of the actor's own desk; everybody else gets null and does not learn whether it exists. */
    referralById: referralById(database, actor),
    nonprofitWork: nonprofitWorkByCommunity(read, clock),
  }
}

/** The context of one request. */
export const createNonprofitsContext = (base: RequestContext): NonprofitsContext => ({ ...base, loaders: createLoaders(base) })
