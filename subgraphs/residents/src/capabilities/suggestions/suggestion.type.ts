import { SUGGESTION_KINDS, SUGGESTION_STAGES, type SuggestionKind, type SuggestionStage } from '@commonhall/shared/matters'
import { DateTimeScalar, GeoJsonScalar } from '@commonhall/shared/scalars'
import { Channel, connectionOf, NodeType } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'

const enumOf = <T extends string>(values: readonly T[]): { readonly [K in T]: K } =>
  Object.fromEntries(values.map((value) => [value, value])) as { readonly [K in T]: K }

export const SuggestionKindEnum = enumOf<SuggestionKind>(SUGGESTION_KINDS)
registerEnumType(SuggestionKindEnum, {
  name: 'SuggestionKind',
  description: 'What the entry is.',
  valuesConfig: { PETITION_LETTER: { description: 'Petition letter mechanism: always answered in writing.' } },
})

export const SuggestionStageEnum = enumOf<SuggestionStage>(SUGGESTION_STAGES)
registerEnumType(SuggestionStageEnum, {
  name: 'SuggestionStage',
  description: 'Derived from what the four parties wrote. No party can set it.',
  valuesConfig: {
    REFERRED_BACK: { description: 'Declined by the party it was routed to; back at the committee.' },
    WAITING_FOR_RESIDENT: { description: 'The handler asked something; the clock is paused.' },
    EXPLAINED: { description: 'Answered with a reasoned no.' },
    RESOLVED: { description: 'The handler says done; the resident has not spoken.' },
    SATISFIED: { description: 'The resident says done.' },
  },
})

export const AssentFormEnum = enumOf(['SIGNED', 'SPOKEN_WITNESSED', 'RECORDED_CALL'] as const)
registerEnumType(AssentFormEnum, {
  name: 'AssentForm',
  description: 'How a person agreed that somebody else enters something in their name.',
})

@Directive('@owner(party: RESIDENT)')
@ObjectType('Assent', { description: "The trace of a person's agreement to an entry on their behalf." })
export class AssentType {
  @Field(() => AssentFormEnum)
  form: keyof typeof AssentFormEnum

  @Field(() => DateTimeScalar)
  at: Date

  @Field(() => String, { nullable: true, description: 'Role of the witness, not a name.' })
  witness: string | null
}

@Directive('@key(fields: "id")')
@Directive('@owner(party: RESIDENT)')
@ObjectType('Suggestion', {
  implements: [NodeType],
  description: 'One entry of the mood diary. The author keeps it; others attach triage, handling and feedback.',
})
export class SuggestionType {
  @Field(() => ID, { description: 'TypeID, prefix sug.' })
  id: string

  @Field(() => String, { description: 'Short public number, for example TS-2026-000123.' })
  number: string

  @Field(() => SuggestionKindEnum)
  kind: SuggestionKind

  @Field(() => SuggestionStageEnum)
  stage: SuggestionStage

  @Directive('@personal(class: OPINION, subject: "author")')
  @Directive('@purpose(allow: [CASE_HANDLING, DELIBERATION, SUBJECT])')
  @Field(() => String, { nullable: true, description: 'Shown to everybody only after the author cleared it for public lists.' })
  text?: string | null

  @Directive('@personal(class: LOCATION, subject: "author")')
  @Directive('@purpose(allow: [CASE_HANDLING, SUBJECT])')
  @Field(() => GeoJsonScalar, { nullable: true, description: 'Rounded to 4 decimals for readers other than the author and the handlers.' })
  place?: unknown

  @Directive('@personal(class: LOCATION, subject: "author")')
  @Directive('@purpose(allow: [CASE_HANDLING, SUBJECT])')
  @Field(() => String, { nullable: true })
  address?: string | null

  @Field(() => Boolean)
  anonymous: boolean

  @Field(() => String, {
    nullable: true,
    description:
      'Shown once, in the answer to an anonymous submission; lets its holder answer, rate, reopen, withdraw and contest a merge.',
  })
  followCode?: string | null

  @Field(() => Channel)
  channel: keyof typeof Channel

  @Field(() => DateTimeScalar)
  createdAt: Date

  @Field(() => DateTimeScalar)
  updatedAt: Date

  @Field(() => DateTimeScalar, { nullable: true })
  withdrawnAt: Date | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Until when the next answer or promise is owed; null when nobody owes one. Once it has passed, the filter `overdue` finds the entry.',
  })
  dueAt: Date | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the last of its handlers was done, the last time; from then on the author may rate and reopen.',
  })
  resolvedAt: Date | null

  @Field(() => Int)
  supporters: number
}

export const SuggestionConnection = connectionOf('Suggestion', () => SuggestionType, 'RESIDENT')

@InputType('SuggestionFilter', { description: 'Narrow a list of suggestions.' })
export class SuggestionFilterInput {
  @Field(() => [SuggestionKindEnum], { nullable: true })
  kinds?: SuggestionKind[] | null

  @Field(() => [SuggestionStageEnum], { nullable: true })
  stages?: SuggestionStage[] | null

  @Field(() => ID, { nullable: true })
  cell?: string | null

  @Field(() => Boolean, { nullable: true, description: 'Promise or answer limit has passed.' })
  overdue?: boolean | null

  @Field(() => String, { nullable: true, description: 'Up to 100 characters; found in cleared texts only.' })
  search?: string | null

  @Field(() => DateTimeScalar, { nullable: true })
  updatedSince?: Date | null
}
