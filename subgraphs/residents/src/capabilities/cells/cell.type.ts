import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** The committees' entity; residents add fields to it beside the capability that owns each. */
@Directive('@key(fields: "id")')
@ObjectType('Cell')
export class CellType {
  @Field(() => ID)
  id: string
}
