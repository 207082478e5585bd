import type { Page } from '@commonhall/shared/loading'
import type { RequestContext } from '@commonhall/shared/subgraph'
import { parseTypeId } from '@commonhall/shared/typeid'

import { engagementById, engagementsOfSuggestion, type Engagement } from './capabilities/engagements/index.js'
import { nonprofitWorkByCommunity } from './capabilities/indicators/index.js'
import { nonprofitById, pageNonprofits, type Nonprofit, type NonprofitFilter } from './capabilities/organizations/index.js'
import { referralById, workplaceOf, type Referral } from './capabilities/referrals/index.js'

/** What a resolver of the nonprofits has: the request and a set of loaders that live as long as it. */
export type NonprofitsContext = RequestContext & { readonly loaders: ReturnType<typeof createLoaders> }

/** What a reader sends as an id may be anything; only a well-formed one of the right type reaches a statement. */
const wellFormed =
  <T>(prefix: string, load: (id: string) => Promise<T | null>) =>
  async (id: string): Promise<T | null> =>
    parseTypeId(id)?.prefix === prefix ? load(id) : null

const createLoaders = ({ actor, clock, database }: RequestContext) => {
  const { read } = database
  const nonprofits = nonprofitById(read)
  const engagements = engagementById(read)
  const workplace = workplaceOf(actor)
  const referrals = workplace === null ? null : referralById(database, workplace)
  return {
    nonprofit: wellFormed<Nonprofit>('npo', (id) => nonprofits.load(id)),
    pageOfNonprofits: (page: Page, filter: NonprofitFilter) => pageNonprofits(read, page, filter),
    engagement: wellFormed<Engagement>('eng', (id) => engagements.load(id)),
    engagementsOfSuggestion: engagementsOfSuggestion(read),
    /** Of the actor's own desk; everybody else gets null and does not learn whether it exists. */
    referral: wellFormed<Referral>('ref', async (id) => (referrals === null ? null : referrals.load(id))),
    nonprofitWork: nonprofitWorkByCommunity(read, () => clock.now()),
  }
}

/** The context of one request. */
export const createNonprofitsContext = (base: RequestContext): NonprofitsContext => ({ ...base, loaders: createLoaders(base) })
