import { Directive, Field, ID, ObjectType } from 'type-graphql'

@Directive('@key(fields: "id")')
@ObjectType('Suggestion')
export class SuggestionType {
  @Field(() => ID)
  id: string
}
