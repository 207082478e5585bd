import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** A reference to what residents own. */
@Directive('@key(fields: "id")')
@ObjectType('Suggestion')
export class SuggestionType {
  @Field(() => ID)
  id: string
}
