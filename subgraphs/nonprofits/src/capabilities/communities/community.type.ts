import { Directive, Field, ID, ObjectType } from 'type-graphql'

@Directive('@key(fields: "id")')
@ObjectType('Community')
export class CommunityType {
  @Field(() => ID)
  id: string
}
