import { DateScalar, GeoJsonScalar } from '@commonhall/shared/scalars'
import { NodeType } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'

import { CommunityType } from '../communities/index.js'
import { ResidentStub } from '../directory/index.js'

export const NetRoleEnum = {
  COMMUNITY_CADRE: 'COMMUNITY_CADRE',
  BRANCH_SECRETARY: 'BRANCH_SECRETARY',
  CIVIL_POLICE: 'CIVIL_POLICE',
} as const
registerEnumType(NetRoleEnum, { name: 'NetRole', description: 'Who co-manages a service net.' })

@Directive('@owner(party: COMMITTEE)')
@ObjectType('NetManager', { description: 'A role in a net and who fills it.' })
export class NetManagerType {
  @Field(() => NetRoleEnum)
  role: keyof typeof NetRoleEnum

  @Field(() => ResidentStub, { nullable: true })
  holder?: ResidentStub | null

  @Field(() => DateScalar)
  since: string

  @Field(() => DateScalar, { nullable: true })
  until?: string | null
}

@Directive('@key(fields: "id")')
@Directive('@owner(party: COMMITTEE)')
@ObjectType('Net', { implements: [NodeType], description: 'One of the service nets of a community.' })
export class NetType {
  @Field(() => ID, { description: 'TypeID, prefix net.' })
  id: string

  @Field(() => Int)
  number: number

  @Field(() => CommunityType)
  community: CommunityType

  @Field(() => GeoJsonScalar, { nullable: true })
  boundary: unknown

  @Field(() => [CellType])
  cells: CellType[]

  @Field(() => [NetManagerType])
  managers: NetManagerType[]
}

@Directive('@key(fields: "id")')
@Directive('@owner(party: COMMITTEE)')
@ObjectType('Cell', { implements: [NodeType], description: 'The smallest unit of the grid, about 260 people.' })
export class CellType {
  @Field(() => ID, { description: 'TypeID, prefix cel.' })
  id: string

  @Field(() => Int)
  number: number

  @Field(() => NetType)
  net: NetType

  @Field(() => CommunityType)
  community: CommunityType

  @Field(() => GeoJsonScalar, { nullable: true })
  boundary: unknown
}
