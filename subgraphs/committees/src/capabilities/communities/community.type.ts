import { GeoJsonScalar } from '@commonhall/shared/scalars'
import { AgeBand, CountType, NodeType, PartyType } from '@commonhall/shared/vocabulary'
import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql'

@Directive('@owner(party: COMMITTEE)')
@ObjectType('CommunityRules', { description: 'Numbers each community sets for itself.' })
export class CommunityRulesType {
  @Field(() => Float, { description: 'Share of residents whose support opens deliberation.' })
  proposalThresholdShare: number

  @Field(() => Int)
  gatheringDays: number

  @Field(() => Int)
  answerWithinDays: number

  @Field(() => Int, { description: 'Working days.' })
  decideTaskWithinDays: number

  @Field(() => Int)
  reopenWithinDays: number

  @Field(() => Int)
  maxExtensions: number

  @Field(() => Int, { description: "Declines 'not my function' that convene a joint conference." })
  bouncesToConference: number

  @Field(() => Int, { description: 'k of small-cell suppression, never under 5.' })
  smallestGroup: number

  @Field(() => String, { description: 'Address of an iCalendar feed with the days off.' })
  workingCalendar: string

  @Field(() => String)
  timeZone: string
}

@Directive('@owner(party: COMMITTEE)')
@ObjectType('CensusBand', { description: 'Inhabitants of one age band.' })
export class CensusBandType {
  @Field(() => AgeBand)
  band: keyof typeof AgeBand

  @Field(() => CountType)
  people: CountType
}

@Directive('@key(fields: "id")')
@Directive('@owner(party: COMMITTEE)')
@ObjectType('Committee', {
  implements: [NodeType, PartyType],
  description: "A residents' committee: an autonomous organization of residents, not a branch of the government.",
})
export class CommitteeType {
  @Field(() => ID, { description: 'TypeID, prefix cmt.' })
  id: string

  @Field(() => String, { nullable: true })
  name?: string | null

  @Field(() => CommunityType)
  community: CommunityType
}

@Directive('@key(fields: "id")')
@Directive('@owner(party: COMMITTEE)')
@ObjectType('Community', {
  implements: [NodeType],
  description: 'A community of the street: the place where the four parties meet.',
})
export class CommunityType {
  @Field(() => ID, { description: 'TypeID, prefix com.' })
  id: string

  @Field(() => String, { nullable: true })
  name?: string | null

  @Field(() => Int)
  number: number

  @Field(() => GeoJsonScalar, { nullable: true })
  boundary: unknown

  @Field(() => [CensusBandType], { description: 'Denominators by age band; never single persons.' })
  census: CensusBandType[]

  @Field(() => [String], { description: 'Taxonomy terms such as green, learning, democratic.' })
  models: string[]

  @Field(() => CommitteeType)
  committee: CommitteeType

  @Field(() => CommunityRulesType)
  rules: CommunityRulesType
}
