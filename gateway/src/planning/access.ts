import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type GraphQLSchema,
} from 'graphql'

/** What the caller holds, as far as access directives ask. */
export interface AccessClaims {
  readonly isSignedIn: boolean
  /** `desk:committee`, `desk:government`, `desk:nonprofit`, by the posts of the token. */
  readonly scopes: ReadonlySet<string>
}

/** Why a field is not given; null when it is. */
export type Denial = 'UNAUTHENTICATED' | 'FORBIDDEN' | null

/** The access rules of one supergraph, asked by coordinate. */
export interface AccessRules {
  /**
   * Whether a field may be planned and answered. An interface's field is as closed as the most closed of its implementers:
   * directives on interfaces alone were bypassed through fragments elsewhere.
   */
  field(typeName: string, fieldName: string, claims: AccessClaims): Denial
  /** Whether objects of a type may be answered at all. */
  type(typeName: string, claims: AccessClaims): Denial
}

interface Rule {
  readonly needsSignIn: boolean
  /** Any of the inner lists suffices; each list must be held whole. */
  readonly scopes: readonly (readonly string[])[] | null
}

const ruleOf = (directives: readonly ConstDirectiveNode[] | undefined): Rule | null => {
  let needsSignIn = false
  let scopes: string[][] | null = null
  for (const directive of directives ?? []) {
    if (directive.name.value === 'authenticated') needsSignIn = true
    if (directive.name.value === 'requiresScopes') {
      const value = directive.arguments?.find((argument) => argument.name.value === 'scopes')?.value
      scopes = value === undefined ? [] : (valueFromASTUntyped(value) as string[][])
    }
  }
  return needsSignIn || scopes !== null ? { needsSignIn, scopes } : null
}

const decide = (rule: Rule | undefined, claims: AccessClaims): Denial => {
  if (rule === undefined) return null
  if (!claims.isSignedIn) return 'UNAUTHENTICATED'
  if (rule.scopes !== null && !rule.scopes.some((all) => all.every((scope) => claims.scopes.has(scope)))) return 'FORBIDDEN'
  return null
}

/** Reads @authenticated and @requiresScopes of a supergraph once; each question afterwards is two lookups. */
export const readAccessRules = (supergraphSdl: string, apiSchema: GraphQLSchema): AccessRules => {
  const types = new Map<string, Rule>()
  const fields = new Map<string, Rule>()
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue
    const ofType = ruleOf(definition.directives)
    if (ofType) types.set(definition.name.value, ofType)
    for (const field of definition.fields ?? []) {
      const rule = ruleOf(field.directives)
      if (rule) fields.set(`${definition.name.value}.${field.name.value}`, rule)
    }
  }
  const concrete = (typeName: string): readonly string[] => {
    const type = apiSchema.getType(typeName)
    return type && isAbstractType(type) ? [typeName, ...apiSchema.getPossibleTypes(type).map(({ name }) => name)] : [typeName]
  }
  const worst = (denials: readonly Denial[]): Denial => denials.find((denial) => denial !== null) ?? null
  const returned = (typeName: string, fieldName: string): string => {
    const type = apiSchema.getType(typeName)
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined
    return field ? getNamedType(field.type).name : ''
  }
  return {
    field: (typeName, fieldName, claims) =>
      fields.size + types.size === 0
        ? null
        : (worst(concrete(typeName).map((name) => decide(fields.get(`${name}.${fieldName}`), claims))) ??
          decide(types.get(returned(typeName, fieldName)), claims)),
    type: (typeName, claims) => decide(types.get(typeName), claims),
  }
}
