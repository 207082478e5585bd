import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql'

import type { Compilation, Place, Run } from './run.js'

/** A field of a selection as it was compiled. */
export interface FieldOf {
  readonly parent: GraphQLObjectType
  readonly name: string
  readonly nodes: readonly FieldNode[]
  readonly type: GraphQLOutputType
}

/** What graphql-js tells resolvers about where they are; three fields are kept, the rest is looked up by the few that ask. */
export class ResolveInfo implements GraphQLResolveInfo {
  constructor(
    private readonly compiled: FieldOf & { readonly compilation: Compilation },
    private readonly run: Run,
    readonly path: Place,
  ) {}
  get fieldName(): string {
    return this.compiled.name
  }
  get fieldNodes(): readonly FieldNode[] {
    return this.compiled.nodes
  }
  get returnType(): GraphQLOutputType {
    return this.compiled.type
  }
  get parentType(): GraphQLObjectType {
    return this.compiled.parent
  }
  get schema(): GraphQLSchema {
    return this.compiled.compilation.schema
  }
  get fragments(): Record<string, FragmentDefinitionNode> {
    return this.compiled.compilation.fragments
  }
  get rootValue(): unknown {
    return this.run.rootValue
  }
  get operation(): OperationDefinitionNode {
    return this.compiled.compilation.operation
  }
  get variableValues(): Record<string, unknown> {
    return this.run.variables
  }
}
