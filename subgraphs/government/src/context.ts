import type { RequestContext } from '@commonhall/shared/subgraph'

import { caseLoaders } from './capabilities/cases/index.js'
import { departmentById, listDepartments } from './capabilities/departments/index.js'
import {
  findFunctionItemByCode,
  functionItemById,
  functionItemsOfDepartment,
  isFunctionCode,
  type FunctionItem,
} from './capabilities/functions/index.js'
import { inboxItemById } from './capabilities/inbox/index.js'
import { questionLoaders } from './capabilities/questions/index.js'
import { responsivenessBy } from './capabilities/responsiveness/index.js'

/** What a resolver of the government has: the request and a set of loaders that live as long as it. */
export type GovernmentContext = RequestContext & { readonly loaders: ReturnType<typeof createLoaders> }

const createLoaders = ({ database, actor, clock }: RequestContext) => {
  const { read } = database
  const functionItems = functionItemById(read)
  return {
    ...caseLoaders(read),
    ...questionLoaders(read),
    inboxItemById: inboxItemById(database, actor),
    responsiveness: { community: responsivenessBy(read, clock, 'community'), department: responsivenessBy(read, clock, 'department') },
    departmentById: departmentById(read),
    allDepartments: () => listDepartments(read),
    functionItemById: functionItems,
    functionItemsOfDepartment: functionItemsOfDepartment(read),
    /** By id or by code, exactly one of them; null otherwise. */
    functionItemBy: async ({ id, code }: { id?: string | null; code?: string | null }): Promise<FunctionItem | null> => {
      if (typeof id === 'string' && typeof code !== 'string') return functionItems.load(id)
      return typeof code === 'string' && typeof id !== 'string' && isFunctionCode(code) ? findFunctionItemByCode(read, code) : null
    },
  }
}

/** The context of one request. */
export const createGovernmentContext = (base: RequestContext): GovernmentContext => ({ ...base, loaders: createLoaders(base) })
