import { DateTimeScalar } from '@commonhall/shared/scalars'
import { PartyRefType } from '@commonhall/shared/vocabulary'
import { Directive, Field, ObjectType } from 'type-graphql'

import { SuggestionStageEnum } from '../suggestions/index.js'

@Directive('@owner(party: RESIDENT)')
@ObjectType('TimelineEntry', { description: 'One step in the life of a suggestion, by whichever party. Nothing personal.' })
export class TimelineEntryType {
  @Field(() => DateTimeScalar)
  at: Date

  @Field(() => PartyRefType, { description: 'Who did it; residents are never named.' })
  party: PartyRefType

  @Field(() => String, { description: 'Type of the event, for example government.case.accepted.' })
  type: string

  @Field(() => SuggestionStageEnum, { description: 'Where the matter stood then.' })
  stage: keyof typeof SuggestionStageEnum

  @Field(() => String, {
    nullable: true,
    description: 'The route, the reason of a decline, or the limit in force; for people to read beside the type.',
  })
  note: string | null
}
