import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'

import type { CommitteesContext } from '../../context.js'
import { CellType, type Cell } from '../territory/index.js'
import type { Building } from './building.js'
import { BuildingType } from './building.type.js'

@Resolver(() => BuildingType)
export class BuildingResolver {
  @FieldResolver(() => String)
  name(@Root() building: Building, @Ctx() context: CommitteesContext): string {
    return context.actor.language === 'zh' ? building.nameZh : building.nameEn
  }

  @FieldResolver(() => CellType)
  cell(@Root() building: Building, @Ctx() context: CommitteesContext): Promise<Cell | null> {
    return context.loaders.cellById.load(building.cellId)
  }
}

/** The buildings of each cell, beside the type that owns the field. */
@Resolver(() => CellType)
export class CellBuildingsResolver {
  @FieldResolver(() => [BuildingType])
  buildings(@Root() cell: Cell, @Ctx() context: CommitteesContext): Promise<readonly Building[]> {
    return context.loaders.buildingsOfCell.load(cell.id)
  }
}
