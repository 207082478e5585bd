import { Ctx, Directive, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql'

import { ERROR_CODES, type RefusalCode, type RefusalValue } from '../errors/index.js'
import type { Language } from '../identity/index.js'
import { RefusalCodeEnum } from './enums.type.js'
import { PartyRefType } from './party.type.js'

@Directive('@shareable')
@ObjectType('Refusal', { description: 'Nothing was written: why, who may act instead, and what the caller can do.' })
export class RefusalType {
  @Field(() => RefusalCodeEnum)
  code: RefusalCode

  @Field(() => PartyRefType, { nullable: true, description: 'Who may act or decide instead.' })
  party: PartyRefType | null

  @Field(() => String, { nullable: true, description: "Path inside 'input' when one value is at fault." })
  field: string | null
}

/** Renders a refusal in the language of the request; services hand out codes, never sentences. */
@Resolver(() => RefusalType)
export class RefusalResolver {
  @FieldResolver(() => String, { description: 'For people, in the language of the request.' })
  message(@Root() refusal: RefusalValue, @Ctx() context: { readonly actor: { readonly language: Language } }): string {
    return (refusal.message ?? ERROR_CODES[refusal.code])[context.actor.language]
  }

  @FieldResolver(() => String, { nullable: true, description: 'The next step that would work: an act code, or a sentence.' })
  remedy(@Root() refusal: RefusalValue, @Ctx() context: { readonly actor: { readonly language: Language } }): string {
    return (refusal.remedy ?? ERROR_CODES[refusal.code].remedy)[context.actor.language]
  }
}
