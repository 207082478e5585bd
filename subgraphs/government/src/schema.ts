import { PromiseResolver, RefusalResolver } from '@commonhall/shared/vocabulary'

import { CaseHandlingResolver, SuggestionCasesResolver } from './capabilities/cases/case-handling.resolver.js'
import { CommunityType } from './capabilities/communities/index.js'
import { DepartmentResolver } from './capabilities/departments/department.resolver.js'
import { DepartmentFunctionsResolver, FunctionItemResolver } from './capabilities/functions/function-item.resolver.js'
import { PromiseLiveResolver } from './capabilities/cases/promise-live.resolver.js'
import { InboxItemResolver } from './capabilities/inbox/inbox-item.resolver.js'
import { InboxLiveResolver } from './capabilities/inbox/inbox-live.resolver.js'
import { CaseHandlingQuestionsResolver, CaseQuestionResolver } from './capabilities/questions/case-question.resolver.js'
import { CommunityResponsivenessResolver, DepartmentResponsivenessResolver } from './capabilities/responsiveness/responsiveness.resolver.js'
import type { GovernmentContext } from './context.js'

/** Every resolver of the government, by name: no globs. */
export const RESOLVERS = [
  RefusalResolver,
  PromiseResolver,
  DepartmentResolver,
  FunctionItemResolver,
  DepartmentFunctionsResolver,
  InboxItemResolver,
  InboxLiveResolver,
  CaseHandlingResolver,
  SuggestionCasesResolver,
  PromiseLiveResolver,
  CaseQuestionResolver,
  CaseHandlingQuestionsResolver,
  CommunityResponsivenessResolver,
  DepartmentResponsivenessResolver,
] as const

/** No field of the government leads to a community; its id comes from the committees. */
export const ORPHANED_TYPES = [CommunityType]

interface Reference {
  readonly id: string
}

/** How each entity is found from its id, through the request's loaders; of what others own nothing but the id is known here. */
export const REFERENCES = {
  Department: ({ id }: Reference, context: GovernmentContext) => context.loaders.departmentById.load(id),
  FunctionItem: ({ id }: Reference, context: GovernmentContext) => context.loaders.functionItemById.load(id),
  InboxItem: ({ id }: Reference, context: GovernmentContext) => context.loaders.inboxItemById.load(id),
  CaseHandling: ({ id }: Reference, context: GovernmentContext) => context.loaders.caseHandlingById.load(id),
  CaseQuestion: ({ id }: Reference, context: GovernmentContext) => context.loaders.caseQuestionById.load(id),
  Suggestion: ({ id }: Reference) => ({ id }),
  Community: ({ id }: Reference) => ({ id }),
}
