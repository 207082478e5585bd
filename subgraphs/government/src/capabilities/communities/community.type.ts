import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** A reference to what committees own. */
@Directive('@key(fields: "id")')
@ObjectType('Community')
export class CommunityType {
  @Field(() => ID)
  id: string
}
