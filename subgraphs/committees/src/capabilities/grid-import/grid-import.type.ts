import { GeoJsonScalar } from '@commonhall/shared/scalars'
import { IdempotentInput, RefusalCodeEnum, resultUnion } from '@commonhall/shared/vocabulary'
import type { RefusalCode } from '@commonhall/shared/errors'
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql'

import { CommunityType } from '../communities/index.js'

@Directive('@owner(party: COMMITTEE)')
@ObjectType('GridImportFault', { description: 'Why a feature of the file cannot be taken.' })
export class GridImportFaultType {
  @Field(() => Int, { description: 'Place of the feature in the file, from 0.' })
  feature: number

  @Field(() => String, { description: 'Path inside the feature.' })
  field: string

  @Field(() => RefusalCodeEnum)
  code: RefusalCode

  @Field(() => String, { description: 'For people, in the language of the request.' })
  message: string
}

@Directive('@owner(party: COMMITTEE)')
@ObjectType('GridImportReport', { description: 'What became of a grid file: all of it was written, or nothing and why.' })
export class GridImportReportType {
  @Field(() => CommunityType)
  community: CommunityType

  @Field(() => Int, { description: 'Features that brought something new.' })
  accepted: number

  @Field(() => Int, { description: 'Features that say what is known already.' })
  duplicates: number

  @Field(() => [GridImportFaultType], { description: 'With any fault nothing was written. At most 100 are told.' })
  rejected: GridImportFaultType[]
}

@InputType('ImportGridInput', { description: 'Input of importGrid.' })
export class ImportGridInput extends IdempotentInput {
  @Field(() => ID)
  community: string

  @Field(() => GeoJsonScalar, {
    description:
      'RFC 7946 FeatureCollection of 1 to 2,000 polygons. Properties: kind (community, net, cell), number, for a cell also net and buildings.',
  })
  collection: unknown
}

export const ImportGridResult = resultUnion('ImportGridResult', () => GridImportReportType, 'GridImportReport')
