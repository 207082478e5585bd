import { createUnionType, Directive, Field, ID, InputType, Int, ObjectType, type ClassType } from 'type-graphql'

import type { Connection } from '../loading/index.js'
import type { PartyKind } from '../identity/index.js'
import { PageInfoType } from './measures.type.js'
import { RefusalType } from './refusal.type.js'

/**
 * The result of a mutation: `<name> = <own type> | Refusal`.
 *
 * Services hand out domain objects, so the member is told by the mark that every refusal carries.
 */
export const resultUnion = <T extends object>(name: string, type: () => ClassType<T>, typeName: string) =>
  createUnionType({
    name,
    description: `${typeName}, or the reason why nothing was written.`,
    types: () => [type(), RefusalType] as const,
    resolveType: (value: object) => ('refused' in value ? 'Refusal' : typeName),
  })

/** The Relay connection of one type, owned by the party that owns the type. */
export const connectionOf = <T extends object>(typeName: string, type: () => ClassType<T>, owner: PartyKind): ClassType<Connection<T>> => {
  @Directive(`@owner(party: ${owner})`)
  @ObjectType(`${typeName}Edge`, { description: `One ${typeName} with its cursor.` })
  class EdgeType {
    @Field(() => String)
    cursor: string

    @Field(type)
    node: T
  }

  @Directive(`@owner(party: ${owner})`)
  @ObjectType(`${typeName}Connection`, { description: `A page of ${typeName} records.` })
  class ConnectionType {
    @Field(() => [EdgeType])
    edges: EdgeType[]

    @Field(() => [type()], { description: 'The same records without cursors.' })
    nodes: T[]

    @Field(() => PageInfoType)
    pageInfo: PageInfoType

    @Field(() => Int, { nullable: true, description: 'Null where counting would be slow or would identify a person.' })
    totalCount: number | null
  }
  return ConnectionType
}

/** What every input of a mutation has. */
@InputType()
export abstract class IdempotentInput {
  @Field(() => ID, { nullable: true, description: 'Idempotency key of the sender: the same key returns the first result.' })
  clientKey?: string | null
}
