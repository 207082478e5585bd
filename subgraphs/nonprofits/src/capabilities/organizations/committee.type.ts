import { PartyType } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, ObjectType } from 'type-graphql'

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Committee', { implements: [PartyType] })
export class CommitteeType {
  @Field(() => ID)
  id: string

  @Directive('@external')
  @Field(() => String, { nullable: true })
  name?: string | null
}
