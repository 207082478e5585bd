import { Directive, Field, ID, ObjectType } from 'type-graphql'

// The residents' entity: its origin describes it, this party adds its own fields beside the types that own them.
@Directive('@key(fields: "id")')
@ObjectType('Suggestion')
export class SuggestionStub {
  @Field(() => ID)
  id: string
}
