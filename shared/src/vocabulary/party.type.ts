import { Directive, Field, ID, InterfaceType, ObjectType } from 'type-graphql'

import type { PartyKind } from '../identity/index.js'
import { PartyKindEnum } from './enums.type.js'

// Metadata is one per process: with automatic registration every party in it would get the entities of all the others.
@InterfaceType('Node', {
  autoRegisterImplementations: false,
  description: 'A record with a global TypeID. The prefix names the type, so the gateway finds the owner by itself.',
})
export abstract class NodeType {
  @Field(() => ID)
  id: string
}

@InterfaceType('Party', {
  autoRegisterImplementations: false,
  description: 'One department, committee, nonprofit or resident. It owns rows; no party is above another.',
})
export abstract class PartyType {
  @Field(() => ID)
  id: string

  @Field(() => String, {
    nullable: true,
    description: 'Public name. Null for a resident who stays anonymous to the reader, or while the owner is unreachable.',
  })
  name?: string | null
}

@Directive('@shareable')
@ObjectType('PartyRef', {
  description: "A party by name, readable even while that party is unreachable; 'node(id:)' leads to the party itself.",
})
export class PartyRefType {
  @Field(() => PartyKindEnum)
  kind: PartyKind

  @Field(() => ID, { nullable: true, description: 'Null when any party of that kind may act.' })
  id: string | null

  @Field(() => String, { nullable: true })
  name: string | null
}
