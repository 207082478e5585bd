import { PromiseResolver, RefusalResolver } from '@commonhall/shared/vocabulary'

import { DepartmentResolver } from './capabilities/departments/department.resolver.js'
import { DepartmentFunctionsResolver, FunctionItemResolver } from './capabilities/functions/function-item.resolver.js'
import type { GovernmentContext } from './context.js'

/** Every resolver of the government, by name: no globs. */
export const RESOLVERS = [RefusalResolver, PromiseResolver, DepartmentResolver, FunctionItemResolver, DepartmentFunctionsResolver] as const

/** How each entity is found from its id, through the request's loaders. */
export const REFERENCES = {
  Department: ({ id }: { id: string }, context: GovernmentContext) => context.loaders.departmentById.load(id),
  FunctionItem: ({ id }: { id: string }, context: GovernmentContext) => context.loaders.functionItemById.load(id),
}
