import type { SuggestionKind } from '@commonhall/shared/matters'
import { DateTimeScalar, GeoJsonScalar } from '@commonhall/shared/scalars'
import { Channel, IdempotentInput, resultUnion } from '@commonhall/shared/vocabulary'
import { Field, ID, InputType } from 'type-graphql'

import { AssentFormEnum, SuggestionKindEnum, SuggestionType } from '../suggestions/index.js'

@InputType('AssentInput', { description: "The trace of a person's agreement to an entry on their behalf." })
export class AssentInput {
  @Field(() => AssentFormEnum)
  form: keyof typeof AssentFormEnum

  @Field(() => DateTimeScalar)
  at: Date

  @Field(() => String, { nullable: true, description: 'Role of the witness, not a name. A spoken assent needs one.' })
  witness?: string | null
}

@InputType('SubmitSuggestionInput', { description: 'Input of submitSuggestion.' })
export class SubmitSuggestionInput extends IdempotentInput {
  @Field(() => SuggestionKindEnum)
  kind: SuggestionKind

  @Field(() => String, { description: 'Up to 4,000 characters.' })
  text: string

  @Field(() => ID)
  community: string

  @Field(() => GeoJsonScalar, { nullable: true, description: 'A Point inside the community; the cell follows from it.' })
  place?: unknown

  @Field(() => String, { nullable: true })
  address?: string | null

  @Field(() => ID, { nullable: true })
  cell?: string | null

  @Field(() => Boolean, { defaultValue: false, description: 'Hide the author from everybody. Also the way to write without a profile.' })
  anonymous: boolean

  @Field(() => Boolean, { defaultValue: false, description: 'The author clears the text for public lists.' })
  shareText: boolean

  @Field(() => Channel, { description: 'APP, WEB or PARTNER.' })
  channel: keyof typeof Channel
}

export const SubmitSuggestionResult = resultUnion('SubmitSuggestionResult', () => SuggestionType, 'Suggestion')

@InputType('RecordSuggestionForInput', { description: 'Input of recordSuggestionFor.' })
export class RecordSuggestionForInput extends IdempotentInput {
  @Field(() => ID, { nullable: true, description: 'Null for a person who wants to stay unknown.' })
  resident?: string | null

  @Field(() => AssentInput, { nullable: true, description: 'Without it nothing is entered: ASSENT_MISSING.' })
  assent?: AssentInput | null

  @Field(() => SuggestionKindEnum)
  kind: SuggestionKind

  @Field(() => String, { description: 'Up to 4,000 characters.' })
  text: string

  @Field(() => ID)
  community: string

  @Field(() => GeoJsonScalar, { nullable: true, description: 'A Point inside the community; the cell follows from it.' })
  place?: unknown

  @Field(() => String, { nullable: true })
  address?: string | null

  @Field(() => ID, { nullable: true })
  cell?: string | null

  @Field(() => Boolean, { defaultValue: false, description: 'The person clears the text for public lists.' })
  shareText: boolean

  @Field(() => Channel, { description: 'HOTLINE, STATION, VISIT, PAPER or FACE_TO_FACE.' })
  channel: keyof typeof Channel
}

export const RecordSuggestionForResult = resultUnion('RecordSuggestionForResult', () => SuggestionType, 'Suggestion')
