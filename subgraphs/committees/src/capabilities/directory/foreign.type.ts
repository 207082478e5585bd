import { NodeType, PartyType } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, ObjectType } from 'type-graphql'

// Entities of other parties to which this one only points: their origin describes and resolves them.

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Department', { implements: [NodeType, PartyType] })
export class DepartmentStub {
  @Field(() => ID)
  id: string

  @Directive('@external')
  @Field(() => String, { nullable: true })
  name?: string | null
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Nonprofit', { implements: [NodeType, PartyType] })
export class NonprofitStub {
  @Field(() => ID)
  id: string

  @Directive('@external')
  @Field(() => String, { nullable: true })
  name?: string | null
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Resident')
export class ResidentStub {
  @Field(() => ID)
  id: string
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('FunctionItem')
export class FunctionItemStub {
  @Field(() => ID)
  id: string
}

/** The reference of an addressed party; its type is told by its kind. */
export const partyStub = (kind: string, id: string): PartyType =>
  Object.assign(kind === 'GOVERNMENT' ? new DepartmentStub() : new NonprofitStub(), { id })
