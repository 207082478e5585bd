import { PeriodInput } from '@commonhall/shared/vocabulary'
import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql'

import type { GovernmentContext } from '../../context.js'
import { CommunityType } from '../communities/index.js'
import { DepartmentType } from '../departments/index.js'
import { readResponsiveness, type Responsiveness } from './responsiveness.service.js'
import { ResponsivenessIndicatorType } from './responsiveness.type.js'

/** What departments add to the picture of a community. */
@Resolver(() => CommunityType)
export class CommunityResponsivenessResolver {
  @Directive('@owner(party: GOVERNMENT)')
  @FieldResolver(() => ResponsivenessIndicatorType, { nullable: true })
  responsiveness(
    @Root() community: CommunityType,
    @Arg('period', () => PeriodInput) period: PeriodInput,
    @Ctx() context: GovernmentContext,
  ): Promise<Responsiveness | null> {
    return readResponsiveness(context, 'community', community.id, period)
  }
}

/** The same of one department. */
@Resolver(() => DepartmentType)
export class DepartmentResponsivenessResolver {
  @FieldResolver(() => ResponsivenessIndicatorType, { nullable: true })
  responsiveness(
    @Root() department: DepartmentType,
    @Arg('period', () => PeriodInput) period: PeriodInput,
    @Ctx() context: GovernmentContext,
  ): Promise<Responsiveness | null> {
    return readResponsiveness(context, 'department', department.id, period)
  }
}
