import { NodeType, PartyType } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, ObjectType } from 'type-graphql'

@Directive('@key(fields: "id")')
@Directive('@owner(party: GOVERNMENT)')
@ObjectType('Department', { implements: [NodeType, PartyType], description: 'A department or business unit of the street or district.' })
export class DepartmentType {
  @Field(() => ID, { description: 'TypeID, prefix dep.' })
  id: string

  @Field(() => String, { nullable: true })
  name?: string | null

  @Field(() => String)
  code: string

  @Field(() => Boolean, { description: 'A service unit such as the cultural service centre.' })
  businessUnit: boolean
}
