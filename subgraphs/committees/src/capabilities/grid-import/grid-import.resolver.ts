import type { RefusalValue } from '@commonhall/shared/errors'
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'

import type { CommitteesContext } from '../../context.js'
import { CommunityType, type Community } from '../communities/index.js'
import type { FeatureFault } from './grid-file.js'
import type { GridImport } from './grid-import.js'
import { importGrid } from './grid-import.service.js'
import { GridImportFaultType, GridImportReportType, ImportGridInput, ImportGridResult } from './grid-import.type.js'

@Resolver(() => GridImportReportType)
export class GridImportResolver {
  @Directive('@act(code: "committee.grid.import")')
  @Directive('@authenticated')
  @Mutation(() => ImportGridResult, { nullable: true, description: 'Import outlines of nets and cells, and buildings; all or nothing.' })
  importGrid(
    @Arg('input', () => ImportGridInput) input: ImportGridInput,
    @Ctx() context: CommitteesContext,
  ): Promise<GridImport | RefusalValue> {
    return importGrid(context, input)
  }

  @FieldResolver(() => CommunityType)
  community(@Root() report: GridImport, @Ctx() context: CommitteesContext): Promise<Community | null> {
    return context.loaders.communityById.load(report.communityId)
  }
}

@Resolver(() => GridImportFaultType)
export class GridImportFaultResolver {
  @FieldResolver(() => String)
  message(@Root() fault: FeatureFault, @Ctx() context: CommitteesContext): string {
    return fault.message[context.actor.language]
  }
}
