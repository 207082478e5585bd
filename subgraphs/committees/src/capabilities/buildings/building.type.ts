import { NodeType } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql'

import { CellType } from '../territory/index.js'

@Directive('@key(fields: "id")')
@Directive('@owner(party: COMMITTEE)')
@ObjectType('Building', { implements: [NodeType], description: 'A building with its group and building committee.' })
export class BuildingType {
  @Field(() => ID, { description: 'TypeID, prefix bui.' })
  id: string

  @Field(() => String)
  name?: string

  @Field(() => CellType)
  cell: CellType

  @Field(() => Int)
  households: number

  @Field(() => Boolean)
  hasGroup: boolean

  @Field(() => Boolean)
  hasBuildingCommittee: boolean
}
