import { AgeBand, IdempotentInput, NodeType, PartyType, resultUnion } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'

export const VerificationLevelEnum = { NONE: 'NONE', CONTACT: 'CONTACT', RESIDENCE: 'RESIDENCE', IDENTITY: 'IDENTITY' } as const
registerEnumType(VerificationLevelEnum, {
  name: 'VerificationLevel',
  description: 'How far the hub knows who acts.',
  valuesConfig: {
    NONE: { description: "Anonymous, or a client's word." },
    CONTACT: { description: 'A telephone number or address answered.' },
    RESIDENCE: { description: 'A committee confirmed that the person lives in the community.' },
    IDENTITY: { description: 'Confirmed by an identity provider.' },
  },
})

@Directive('@key(fields: "id")')
@Directive('@owner(party: RESIDENT)')
@ObjectType('Resident', {
  implements: [NodeType, PartyType],
  description: 'A person living in a community. Party, faith, ethnicity and the like are never held.',
})
export class ResidentType {
  @Field(() => ID, { description: 'TypeID, prefix res.' })
  id: string

  @Directive('@personal(class: IDENTITY)')
  @Directive('@purpose(allow: [CASE_HANDLING, CARE, SERVICE_DELIVERY, ENTITLEMENT, MEDIATION, VOLUNTEERING, BOOKING, SUBJECT])')
  @Field(() => String, { nullable: true, description: 'Chosen display name.' })
  name?: string | null

  @Directive('@personal(class: AGE)')
  @Directive('@purpose(allow: [CARE, SERVICE_DELIVERY, ENTITLEMENT, SUBJECT])')
  @Field(() => AgeBand, { nullable: true, description: "As of the person's last act." })
  ageBand?: keyof typeof AgeBand | null

  @Directive('@personal(class: CONTACT)')
  @Directive('@purpose(allow: [CASE_HANDLING, CARE, SERVICE_DELIVERY, SUBJECT])')
  @Field(() => String, { nullable: true })
  contact?: string | null

  @Field(() => VerificationLevelEnum)
  verification: keyof typeof VerificationLevelEnum
}

@InputType('RegisterResidentInput', { description: 'Input of registerResident.' })
export class RegisterResidentInput extends IdempotentInput {
  @Field(() => String, { nullable: true })
  name?: string | null

  @Field(() => Int, { nullable: true, description: "Kept by the residents' subgraph alone; others see the band." })
  birthYear?: number | null

  @Field(() => String, { nullable: true })
  contact?: string | null

  @Field(() => ID)
  community: string

  @Field(() => ID, { nullable: true })
  cell?: string | null
}

export const RegisterResidentResult = resultUnion('RegisterResidentResult', () => ResidentType, 'Resident')
