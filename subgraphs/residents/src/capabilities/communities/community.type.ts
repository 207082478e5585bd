import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** The committees' entity; residents add fields to it beside the capability that owns each. */
@Directive('@key(fields: "id")')
@ObjectType('Community')
export class CommunityType {
  @Field(() => ID)
  id: string
}

/** The committee that entered something for a person; its name comes from its own subgraph. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Committee')
export class CommitteeType {
  @Field(() => ID)
  id: string
}
