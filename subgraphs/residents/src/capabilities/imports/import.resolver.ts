import { ERROR_CODES, type RefusalValue } from '@commonhall/shared/errors'
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'

import type { ResidentsContext } from '../../context.js'
import type { ImportRejection, ImportReport } from './import-report.js'
import { importResidents } from './import-residents.service.js'
import { importSuggestions } from './import-suggestions.service.js'
import {
  ImportRejectionType,
  ImportReportType,
  ImportResidentsInput,
  ImportResidentsResult,
  ImportSuggestionsInput,
  ImportSuggestionsResult,
} from './import.type.js'

@Resolver(() => ImportReportType)
export class ImportResolver {
  @Directive('@act(code: "resident.suggestion.import")')
  @Directive('@authenticated')
  @Mutation(() => ImportSuggestionsResult, { nullable: true, description: "Take up to 200 entries of the own committee's old system." })
  importSuggestions(
    @Arg('input', () => ImportSuggestionsInput) input: ImportSuggestionsInput,
    @Ctx() context: ResidentsContext,
  ): Promise<ImportReport | RefusalValue> {
    return importSuggestions(context, input)
  }

  @Directive('@act(code: "resident.profile.import")')
  @Directive('@authenticated')
  @Mutation(() => ImportResidentsResult, { nullable: true, description: "Take up to 200 persons of the own committee's roll." })
  importResidents(
    @Arg('input', () => ImportResidentsInput) input: ImportResidentsInput,
    @Ctx() context: ResidentsContext,
  ): Promise<ImportReport | RefusalValue> {
    return importResidents(context, input)
  }
}

/** Renders the reason of a rejected row in the language of the request. */
@Resolver(() => ImportRejectionType)
export class ImportRejectionResolver {
  @FieldResolver(() => String, { description: 'For people, in the language of the request.' })
  message(@Root() rejection: ImportRejection, @Ctx() context: ResidentsContext): string {
    return (rejection.message ?? ERROR_CODES[rejection.code])[context.actor.language]
  }
}
