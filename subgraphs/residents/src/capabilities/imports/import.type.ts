import type { RefusalCode } from '@commonhall/shared/errors'
import { IdempotentInput, RefusalCodeEnum, resultUnion } from '@commonhall/shared/vocabulary'
import { Directive, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql'

import { AssentFormEnum } from '../suggestions/index.js'

@Directive('@owner(party: RESIDENT)')
@ObjectType('ImportRejection', { description: 'A row that was not taken. It never repeats what the row said.' })
export class ImportRejectionType {
  @Field(() => Int, { description: "As the sender numbered it: the line in the sender's file." })
  line: number

  @Field(() => String, { nullable: true })
  field: string | null

  @Field(() => RefusalCodeEnum)
  code: RefusalCode
}

@Directive('@owner(party: RESIDENT)')
@ObjectType('ImportReport', { description: 'What became of the rows of one import. accepted + duplicates + rejected = rows sent.' })
export class ImportReportType {
  @Field(() => Int)
  accepted: number

  @Field(() => Int, { description: 'In the hub already, with the same content.' })
  duplicates: number

  @Field(() => [ImportRejectionType], { description: 'In the order of their lines.' })
  rejected: ImportRejectionType[]
}

@InputType()
abstract class ImportInput extends IdempotentInput {
  @Field(() => ID)
  community: string

  @Field(() => String, { description: 'Name of the old system. With externalId it says which record a row is, however often it is sent.' })
  system: string

  @Field(() => AssentFormEnum, { nullable: true, description: 'How the persons agreed. Without it nothing is imported: ASSENT_MISSING.' })
  assent?: keyof typeof AssentFormEnum | null

  @Field(() => String, { nullable: true, description: 'Role of the witness, not a name. A spoken assent needs one.' })
  witness?: string | null
}

@InputType('ImportSuggestionRow', { description: 'One entry of the old system. A value that is none costs this row, not the others.' })
export class ImportSuggestionRow {
  @Field(() => Int)
  line: number

  @Field(() => String, { description: 'Number in the old system, up to 100 characters.' })
  externalId: string

  @Field(() => String, { nullable: true, description: 'A SuggestionKind; SUGGESTION when not said.' })
  kind?: string | null

  @Field(() => String, { description: 'Up to 4,000 characters.' })
  text: string

  @Field(() => String, {
    nullable: true,
    description: "ISO 8601, from 2000 to now; without an offset in the community's local time. Now when not said.",
  })
  createdAt?: string | null

  @Field(() => Float, { nullable: true, description: 'WGS 84. The cell follows from the point.' })
  longitude?: number | null

  @Field(() => Float, { nullable: true })
  latitude?: number | null

  @Field(() => String, { nullable: true, description: 'Id of the cell, or its number in the community.' })
  cell?: string | null

  @Field(() => String, { nullable: true, description: 'A Channel; PARTNER when not said.' })
  channel?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Id of a profile, or the externalId of one imported from the same system. Not said: unknown.',
  })
  resident?: string | null
}

@InputType('ImportSuggestionsInput', { description: 'Input of importSuggestions.' })
export class ImportSuggestionsInput extends ImportInput {
  @Field(() => [ImportSuggestionRow], { description: 'At most 200.' })
  rows: ImportSuggestionRow[]
}

@InputType('ImportResidentRow', { description: "One person of the committee's roll." })
export class ImportResidentRow {
  @Field(() => Int)
  line: number

  @Field(() => String, { description: 'Number in the old system, up to 100 characters; never an identity card number.' })
  externalId: string

  @Field(() => String, { nullable: true })
  name?: string | null

  @Field(() => Int, { nullable: true, description: "Kept by the residents' subgraph alone; others see the band." })
  birthYear?: number | null

  @Field(() => String, { nullable: true })
  contact?: string | null

  @Field(() => String, { nullable: true, description: 'Id of the cell, or its number in the community.' })
  cell?: string | null
}

@InputType('ImportResidentsInput', { description: 'Input of importResidents.' })
export class ImportResidentsInput extends ImportInput {
  @Field(() => [ImportResidentRow], { description: 'At most 200.' })
  rows: ImportResidentRow[]
}

export const ImportSuggestionsResult = resultUnion('ImportSuggestionsResult', () => ImportReportType, 'ImportReport')
export const ImportResidentsResult = resultUnion('ImportResidentsResult', () => ImportReportType, 'ImportReport')
