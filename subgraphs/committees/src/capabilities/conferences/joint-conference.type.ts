import { DateTimeScalar } from '@commonhall/shared/scalars'
import { NodeType } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, ObjectType } from 'type-graphql'

import { CommitteeType } from '../communities/index.js'
import { SuggestionStub } from '../matters/index.js'

@Directive('@key(fields: "id")')
@Directive('@owner(party: COMMITTEE)')
@ObjectType('JointConference', {
  implements: [NodeType],
  description: 'A conference of the parties concerned, convened by the committee; it binds nobody.',
})
export class JointConferenceType {
  @Field(() => ID, { description: 'TypeID, prefix jcf.' })
  id: string

  @Field(() => SuggestionStub, { nullable: true })
  suggestion?: SuggestionStub | null

  @Field(() => CommitteeType)
  by: CommitteeType

  @Field(() => Boolean, { description: "Called because the matter came back as 'not my function' too often." })
  calledByRule: boolean

  @Field(() => DateTimeScalar)
  convenedAt: Date

  @Field(() => DateTimeScalar, { description: 'Until when it is to be held.' })
  holdBy: Date
}
