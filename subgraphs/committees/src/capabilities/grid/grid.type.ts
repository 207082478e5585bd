import { DateScalar, DateTimeScalar } from '@commonhall/shared/scalars'
import { connectionOf, IdempotentInput, NodeType, resultUnion } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'

import { ResidentStub } from '../directory/index.js'
import { CellType } from '../territory/index.js'

export const CellRoleEnum = {
  BUILDING_DIRECTOR: 'BUILDING_DIRECTOR',
  GRID_MEMBER: 'GRID_MEMBER',
  DAY_INSPECTOR: 'DAY_INSPECTOR',
  NIGHT_INSPECTOR: 'NIGHT_INSPECTOR',
  UNIT_SECURITY: 'UNIT_SECURITY',
} as const
registerEnumType(CellRoleEnum, {
  name: 'CellRole',
  description: "Who co-manages a cell. 'Ordinary member' is a role in the grid, not a statement about a person.",
})

@Directive('@owner(party: COMMITTEE)')
@ObjectType('CellManager', { description: 'A role in a cell and who fills it.' })
export class CellManagerType {
  @Field(() => CellRoleEnum)
  role: keyof typeof CellRoleEnum

  @Field(() => ResidentStub, { nullable: true })
  holder?: ResidentStub | null

  @Field(() => DateScalar)
  since: string

  @Field(() => DateScalar, { nullable: true, description: 'The last day of service.' })
  until: string | null
}

@Directive('@key(fields: "id")')
@Directive('@owner(party: COMMITTEE)')
@ObjectType('Visit', { implements: [NodeType], description: 'A round of visits in a cell.' })
export class VisitType {
  @Field(() => ID, { description: 'TypeID, prefix vis.' })
  id: string

  @Field(() => CellType)
  cell: CellType

  @Field(() => DateTimeScalar)
  at: Date

  @Field(() => CellRoleEnum)
  by: keyof typeof CellRoleEnum

  @Field(() => Int)
  households: number

  @Field(() => String, { nullable: true, description: 'Null for everybody but the people of the committee.' })
  note?: string | null
}

export const VisitConnection = connectionOf('Visit', () => VisitType, 'COMMITTEE')

@InputType('AssignCellManagerInput', { description: 'Input of assignCellManager.' })
export class AssignCellManagerInput extends IdempotentInput {
  @Field(() => ID)
  cell: string

  @Field(() => CellRoleEnum)
  role: keyof typeof CellRoleEnum

  @Field(() => ID)
  resident: string

  @Field(() => DateScalar)
  since: string
}

@InputType('EndAssignmentInput', { description: 'Input of endAssignment.' })
export class EndAssignmentInput extends IdempotentInput {
  @Field(() => ID)
  cell: string

  @Field(() => CellRoleEnum)
  role: keyof typeof CellRoleEnum

  @Field(() => DateScalar, { description: 'The last day of service.' })
  until: string
}

@InputType('RecordVisitInput', { description: 'Input of recordVisit.' })
export class RecordVisitInput extends IdempotentInput {
  @Field(() => ID)
  cell: string

  @Field(() => DateTimeScalar)
  at: Date

  @Field(() => CellRoleEnum)
  by: keyof typeof CellRoleEnum

  @Field(() => Int)
  households: number

  @Field(() => String, { nullable: true })
  note?: string | null
}

export const AssignCellManagerResult = resultUnion('AssignCellManagerResult', () => CellType, 'Cell')
export const EndAssignmentResult = resultUnion('EndAssignmentResult', () => CellType, 'Cell')
export const RecordVisitResult = resultUnion('RecordVisitResult', () => VisitType, 'Visit')
