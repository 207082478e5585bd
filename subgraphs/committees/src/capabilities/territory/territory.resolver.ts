import { GeoJsonScalar } from '@commonhall/shared/scalars'
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'

import type { CommitteesContext } from '../../context.js'
import { CommunityType, type Community } from '../communities/index.js'
import type { Cell } from './cell.js'
import type { Net, NetManager } from './net.js'
import { CellType, NetManagerType, NetType } from './territory.type.js'

@Resolver(() => NetType)
export class NetResolver {
  @FieldResolver(() => CommunityType)
  community(@Root() net: Net, @Ctx() context: CommitteesContext): Promise<Community | null> {
    return context.loaders.communityById.load(net.communityId)
  }

  @FieldResolver(() => [CellType])
  cells(@Root() net: Net, @Ctx() context: CommitteesContext): Promise<readonly Cell[]> {
    return context.loaders.cellsOfNet.load(net.id)
  }

  @FieldResolver(() => [NetManagerType])
  managers(@Root() net: Net): object[] {
    return net.managers.map((manager: NetManager) => ({ ...manager, holder: manager.holder === null ? null : { id: manager.holder } }))
  }
}

@Resolver(() => CellType)
export class CellResolver {
  @Query(() => CellType, { nullable: true })
  cell(@Arg('id', () => ID) id: string, @Ctx() context: CommitteesContext): Promise<Cell | null> {
    return context.loaders.cellById.load(id)
  }

  @Query(() => CellType, { nullable: true, description: 'Cell that contains a point.' })
  cellAt(@Arg('point', () => GeoJsonScalar) point: unknown, @Ctx() context: CommitteesContext): Promise<Cell | null> {
    return context.loaders.cellAt(point)
  }

  @FieldResolver(() => NetType)
  net(@Root() cell: Cell, @Ctx() context: CommitteesContext): Promise<Net | null> {
    return context.loaders.netById.load(cell.netId)
  }

  @FieldResolver(() => CommunityType)
  community(@Root() cell: Cell, @Ctx() context: CommitteesContext): Promise<Community | null> {
    return context.loaders.communityById.load(cell.communityId)
  }
}

/** The nets of each community, beside the type that owns the field. */
@Resolver(() => CommunityType)
export class CommunityNetsResolver {
  @FieldResolver(() => [NetType])
  nets(@Root() community: Community, @Ctx() context: CommitteesContext): Promise<readonly Net[]> {
    return context.loaders.netsOfCommunity.load(community.id)
  }
}
