import { parseTypeId } from '@commonhall/shared/typeid'
import { PromiseResolver, RefusalResolver } from '@commonhall/shared/vocabulary'

import {
  EngagementResolver,
  ReferralEngagementResolver,
  SuggestionEngagementsResolver,
} from './capabilities/engagements/engagement.resolver.js'
import { CommunityType } from './capabilities/communities/index.js'
import { CommunityNonprofitWorkResolver } from './capabilities/indicators/nonprofit-work.resolver.js'
import { NonprofitResolver } from './capabilities/organizations/nonprofit.resolver.js'
import { ReferralLiveResolver } from './capabilities/referrals/referral-live.resolver.js'
import { ReferralResolver } from './capabilities/referrals/referral.resolver.js'
import type { NonprofitsContext } from './context.js'

/** Every resolver of the nonprofits, by name: no globs. */
export const RESOLVERS = [
  RefusalResolver,
  PromiseResolver,
  NonprofitResolver,
  ReferralResolver,
  ReferralLiveResolver,
  EngagementResolver,
  ReferralEngagementResolver,
  SuggestionEngagementsResolver,
  CommunityNonprofitWorkResolver,
] as const

/** Types that no field of ours leads to: entities of others to which the nonprofits only add. */
export const ORPHANED_TYPES = [CommunityType]

type Key = { readonly id: string }

/** An entity of another party is its id: whether it exists, its owner says. */
const foreign =
  (prefix: string) =>
  ({ id }: Key): Key | null =>
    parseTypeId(id)?.prefix === prefix ? { id } : null

/** How each entity is found from its id, through the request's loaders. */
export const REFERENCES = {
  Nonprofit: ({ id }: Key, context: NonprofitsContext) => context.loaders.nonprofitById.load(id),
  Referral: ({ id }: Key, context: NonprofitsContext) => context.loaders.referralById.load(id),
  Engagement: ({ id }: Key, context: NonprofitsContext) => context.loaders.engagementById.load(id),
  Suggestion: foreign('sug'),
  Community: foreign('com'),
}
