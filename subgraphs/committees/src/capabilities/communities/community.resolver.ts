import { count, smallestGroup } from '@commonhall/shared/indicators'
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'

import type { CommitteesContext } from '../../context.js'
import type { Committee } from './committee.js'
import type { Community } from './community.js'
import { CensusBandType, CommitteeType, CommunityType } from './community.type.js'

@Resolver(() => CommunityType)
export class CommunityResolver {
  @Query(() => [CommunityType], { nullable: true, description: 'The communities of the street.' })
  communities(@Ctx() context: CommitteesContext): Promise<Community[]> {
    return context.loaders.allCommunities()
  }

  @Query(() => CommunityType, { nullable: true })
  community(@Arg('id', () => ID) id: string, @Ctx() context: CommitteesContext): Promise<Community | null> {
    return context.loaders.communityById.load(id)
  }

  @FieldResolver(() => String, { nullable: true })
  name(@Root() community: Community, @Ctx() context: CommitteesContext): string {
    return context.actor.language === 'zh' ? community.nameZh : community.nameEn
  }

  @FieldResolver(() => [CensusBandType])
  census(@Root() community: Community): object[] {
    return community.census.map(({ band, people }) => ({ band, people: count(people, smallestGroup(community.rules.smallestGroup)) }))
  }

  @FieldResolver(() => CommitteeType)
  committee(@Root() community: Community, @Ctx() context: CommitteesContext): Promise<Committee | null> {
    return context.loaders.committeeById.load(community.ownerPartyId)
  }
}

@Resolver(() => CommitteeType)
export class CommitteeResolver {
  @Query(() => CommitteeType, { nullable: true })
  committee(@Arg('id', () => ID) id: string, @Ctx() context: CommitteesContext): Promise<Committee | null> {
    return context.loaders.committeeById.load(id)
  }

  @FieldResolver(() => String, { nullable: true })
  name(@Root() committee: Committee, @Ctx() context: CommitteesContext): string {
    return context.actor.language === 'zh' ? committee.nameZh : committee.nameEn
  }

  @FieldResolver(() => CommunityType)
  community(@Root() committee: Committee, @Ctx() context: CommitteesContext): Promise<Community | null> {
    return context.loaders.communityById.load(committee.communityId)
  }
}
