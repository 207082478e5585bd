import type { RefusalValue } from '@commonhall/shared/errors'
import { toConnection, type Connection } from '@commonhall/shared/loading'
import { PeriodInput } from '@commonhall/shared/vocabulary'
import { Arg, Ctx, Directive, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql'

import { worksAt } from '../../cadre.policy.js'
import type { CommitteesContext } from '../../context.js'
import { requireTimePage, timeKeys } from '../../page.js'
import { requirePeriod } from '../../period.js'
import { CellType, type Cell } from '../territory/index.js'
import { isStaffed, type CellRole } from './cell-manager.js'
import { assignCellManager, endAssignment } from './cell-manager.service.js'
import {
  AssignCellManagerInput,
  AssignCellManagerResult,
  CellManagerType,
  CellRoleEnum,
  EndAssignmentInput,
  EndAssignmentResult,
  RecordVisitInput,
  RecordVisitResult,
  VisitConnection,
  VisitType,
} from './grid.type.js'
import { recordVisit } from './visit.service.js'
import type { Visit } from './visit.js'

@Resolver(() => CellType)
export class CellGridResolver {
  @FieldResolver(() => [CellManagerType])
  async managers(@Root() cell: Cell, @Ctx() context: CommitteesContext): Promise<object[]> {
    const managers = await context.loaders.managersOfCell.load(cell.id)
    return managers.map((manager) => ({ ...manager, holder: { id: manager.holder } }))
  }

  @FieldResolver(() => Boolean, { description: 'Every needed role is filled.' })
  async staffed(@Root() cell: Cell, @Ctx() context: CommitteesContext): Promise<boolean> {
    return isStaffed(await context.loaders.managersOfCell.load(cell.id), context.today)
  }

  @FieldResolver(() => VisitConnection)
  async visits(
    @Root() cell: Cell,
    @Ctx() context: CommitteesContext,
    @Arg('period', () => PeriodInput) period: PeriodInput,
    @Arg('first', () => Int, { defaultValue: 20 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<Visit>> {
    const page = requireTimePage({ first, after }, 'vis')
    const { start, end } = requirePeriod(period)
    const filter = { start: start.toISOString(), end: end.toISOString() }
    const visits = await context.loaders.visitsOfCell.load({ parentId: cell.id, page, filter })
    return toConnection(visits, page, (visit) => timeKeys(visit.at, visit.id))
  }

  @Directive('@act(code: "committee.cell.assign")')
  @Directive('@authenticated')
  @Mutation(() => AssignCellManagerResult, { nullable: true, description: 'Fill a role in a cell.' })
  assignCellManager(
    @Arg('input', () => AssignCellManagerInput) input: AssignCellManagerInput,
    @Ctx() context: CommitteesContext,
  ): Promise<Cell | RefusalValue> {
    return assignCellManager(context, input)
  }

  @Directive('@act(code: "committee.cell.unassign")')
  @Directive('@authenticated')
  @Mutation(() => EndAssignmentResult, { nullable: true, description: 'End a role in a cell.' })
  endAssignment(
    @Arg('input', () => EndAssignmentInput) input: EndAssignmentInput,
    @Ctx() context: CommitteesContext,
  ): Promise<Cell | RefusalValue> {
    return endAssignment(context, input)
  }
}

@Resolver(() => VisitType)
export class VisitResolver {
  @Directive('@act(code: "committee.visit.record")')
  @Directive('@authenticated')
  @Mutation(() => RecordVisitResult, {
    nullable: true,
    description: 'Record a round; what people said is entered with recordSuggestionFor.',
  })
  recordVisit(
    @Arg('input', () => RecordVisitInput) input: RecordVisitInput,
    @Ctx() context: CommitteesContext,
  ): Promise<Visit | RefusalValue> {
    return recordVisit(context, input)
  }

  @FieldResolver(() => CellType)
  cell(@Root() visit: Visit, @Ctx() context: CommitteesContext): Promise<Cell | null> {
    return context.loaders.cellById.load(visit.cellId)
  }

  @FieldResolver(() => CellRoleEnum)
  by(@Root() visit: Visit): CellRole {
    return visit.byRole
  }

  @FieldResolver(() => String, { nullable: true })
  note(@Root() visit: Visit, @Ctx() context: CommitteesContext): string | null {
    return worksAt(context.actor, visit.ownerPartyId) ? visit.note : null
  }
}
