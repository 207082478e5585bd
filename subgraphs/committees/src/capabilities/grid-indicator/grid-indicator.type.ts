import { Channel, RateType } from '@commonhall/shared/vocabulary'
import { Directive, Field, Float, Int, ObjectType } from 'type-graphql'

@Directive('@owner(party: COMMITTEE)')
@ObjectType('ChannelCount', { description: 'Triaged entries by channel.' })
export class ChannelCountType {
  @Field(() => Channel)
  channel: keyof typeof Channel

  @Field(() => Int)
  count: number
}

@Directive('@owner(party: COMMITTEE)')
@ObjectType('GridIndicator', { description: 'I7: staffing, visits and the time to triage.' })
export class GridIndicatorType {
  @Field(() => Int)
  cells: number

  @Field(() => RateType)
  staffedCells: RateType

  @Field(() => RateType)
  visitedHouseholds: RateType

  @Field(() => Float, { nullable: true, description: 'Working minutes from submission to the first triage.' })
  medianMinutesToTriage: number | null

  @Field(() => Int, { description: 'Entries that wait on the desk now.' })
  untriaged: number

  @Field(() => [ChannelCountType])
  byChannel: ChannelCountType[]
}
