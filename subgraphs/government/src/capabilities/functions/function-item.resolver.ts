import type { RefusalValue } from '@commonhall/shared/errors'
import { requirePage, toConnection, type Connection } from '@commonhall/shared/loading'
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'

import type { GovernmentContext } from '../../context.js'
import { DepartmentType, type Department } from '../departments/index.js'
import type { CharterList, FunctionItem } from './function-item.js'
import { publishFunctionItem } from './function-item.service.js'
import {
  CharterListEnum,
  FunctionItemConnection,
  FunctionItemType,
  FunctionMatchType,
  PublishFunctionItemInput,
  PublishFunctionItemResult,
} from './function-item.type.js'
import { whoOwns, type FunctionMatch } from './who-owns.service.js'

@Resolver(() => FunctionItemType)
export class FunctionItemResolver {
  @Query(() => FunctionItemType, { nullable: true, description: 'By id or by code; exactly one of them.' })
  functionItem(
    @Ctx() context: GovernmentContext,
    @Arg('id', () => ID, { nullable: true }) id?: string | null,
    @Arg('code', () => String, { nullable: true }) code?: string | null,
  ): Promise<FunctionItem | null> {
    return context.loaders.functionItemBy({ id, code })
  }

  @Query(() => [FunctionMatchType], { nullable: true, description: 'Who is responsible for this, by the function list.' })
  whoOwns(
    @Arg('text', () => String) text: string,
    @Arg('first', () => Int, { defaultValue: 3 }) first: number,
    @Ctx() context: GovernmentContext,
  ): Promise<FunctionMatch[]> {
    return whoOwns(context, text, first)
  }

  @Directive('@act(code: "government.function.publish")')
  @Directive('@authenticated')
  @Mutation(() => PublishFunctionItemResult, { nullable: true, description: 'Publish or change a line of the function list.' })
  publishFunctionItem(
    @Arg('input', () => PublishFunctionItemInput) input: PublishFunctionItemInput,
    @Ctx() context: GovernmentContext,
  ): Promise<FunctionItem | RefusalValue> {
    return publishFunctionItem(context, input)
  }

  @FieldResolver(() => String)
  title(@Root() item: FunctionItem, @Ctx() context: GovernmentContext): string {
    return context.actor.language === 'zh' ? item.titleZh : item.titleEn
  }

  @FieldResolver(() => DepartmentType)
  owner(@Root() item: FunctionItem, @Ctx() context: GovernmentContext): Promise<Department | null> {
    return context.loaders.departmentById.load(item.ownerPartyId)
  }

  @FieldResolver(() => [DepartmentType])
  supporting(@Root() item: FunctionItem, @Ctx() context: GovernmentContext): Promise<(Department | null | Error)[]> {
    return context.loaders.departmentById.loadMany([...item.supporting])
  }

  @FieldResolver(() => Int, { description: 'Days to accept or decline.' })
  respondWithin(@Root() item: FunctionItem): number {
    return item.respondWithinDays
  }

  @FieldResolver(() => Int, { description: 'Days to resolve.' })
  resolveWithin(@Root() item: FunctionItem): number {
    return item.resolveWithinDays
  }
}

/** The function list of each department, beside the type that owns the field. */
@Resolver(() => DepartmentType)
export class DepartmentFunctionsResolver {
  @FieldResolver(() => FunctionItemConnection)
  async functions(
    @Root() department: Department,
    @Ctx() context: GovernmentContext,
    @Arg('list', () => CharterListEnum, { nullable: true }) list?: CharterList | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<FunctionItem>> {
    const page = requirePage({ first, after }, 1)
    const items = await context.loaders.functionItemsOfDepartment.load({ parentId: department.id, page, filter: list ?? null })
    return toConnection(items, page, (item) => [item.code])
  }
}
