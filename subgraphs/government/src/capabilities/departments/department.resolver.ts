import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'

import type { GovernmentContext } from '../../context.js'
import type { Department } from './department.js'
import { DepartmentType } from './department.type.js'

@Resolver(() => DepartmentType)
export class DepartmentResolver {
  @Query(() => [DepartmentType], { nullable: true, description: 'The organs of the street.' })
  departments(@Ctx() context: GovernmentContext): Promise<Department[]> {
    return context.loaders.allDepartments()
  }

  @Query(() => DepartmentType, { nullable: true })
  department(@Arg('id', () => ID) id: string, @Ctx() context: GovernmentContext): Promise<Department | null> {
    return context.loaders.departmentById.load(id)
  }

  @FieldResolver(() => String, { nullable: true })
  name(@Root() department: Department, @Ctx() context: GovernmentContext): string {
    return context.actor.language === 'zh' ? department.nameZh : department.nameEn
  }
}
