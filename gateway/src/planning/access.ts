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

import { createRequiredFields } from './required-fields.js'

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
   * Whether a field may be planned and answered. A field is as closed as the same field of every implementer below its type (and of
   * an interface above, where that has a rule of its own and no sum of theirs), as the type it stands on, as the type it gives, and as every field that is required to compute it,
   * in chains: what the caller may not read is not fetched for another field either.
   */
  field(typeName: string, fieldName: string, claims: AccessClaims): Denial
  /** Whether objects of a type may be answered at all. */
  type(typeName: string, claims: AccessClaims): Denial
}

interface Rule {
  readonly needsSignIn: boolean
  /** Any of the inner lists suffices; each list must be held whole. */
  readonly scopes: readonly (readonly string[])[] | null
  /** `@policy`: nobody here decides policies of others' names, so nobody passes, whatever scopes they hold. */
  readonly isUndecidable: boolean
}

const ruleOf = (directives: readonly ConstDirectiveNode[] | undefined): Rule | null => {
  let needsSignIn = false
  let isUndecidable = false
  let scopes: string[][] | null = null
  for (const directive of directives ?? []) {
    if (directive.name.value === 'authenticated') needsSignIn = true
    if (directive.name.value === 'requiresScopes') {
      const value = directive.arguments?.find((argument) => argument.name.value === 'scopes')?.value
      scopes = value === undefined ? [] : (valueFromASTUntyped(value) as string[][])
    }
    if (directive.name.value === 'policy') isUndecidable = true
  }
  return needsSignIn || isUndecidable || scopes !== null ? { needsSignIn, scopes, isUndecidable } : null
}

const decide = (rule: Rule, claims: AccessClaims): Denial => {
  if (!claims.isSignedIn) return 'UNAUTHENTICATED'
  if (rule.isUndecidable) return 'FORBIDDEN'
  if (rule.scopes !== null && !rule.scopes.some((all) => all.every((scope) => claims.scopes.has(scope)))) return 'FORBIDDEN'
  return null
}

/**
 * Reads @authenticated, @requiresScopes and @policy of a supergraph once; the rules of a coordinate are gathered when it is first
 * asked for. Names must be the specification's own (a release resolves renamed links before).
 */
export const readAccessRules = (supergraphSdl: string, apiSchema: GraphQLSchema): AccessRules => {
  const types = new Map<string, Rule>()
  const fields = new Map<string, Rule>()
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (!('directives' in definition) || !('name' in definition) || definition.name === undefined) continue
    const name = definition.name.value
    // Enums and scalars may be closed, too.
    const ofType = definition.kind === Kind.DIRECTIVE_DEFINITION ? null : ruleOf(definition.directives as readonly ConstDirectiveNode[])
    if (ofType) types.set(name, ofType)
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue
    for (const field of definition.fields ?? []) {
      const rule = ruleOf(field.directives)
      if (rule) fields.set(`${name}.${field.name.value}`, rule)
    }
  }
  if (fields.size + types.size === 0) return { field: () => null, type: () => null }
  const requiredFields = createRequiredFields(supergraphSdl)

  const kin = (typeName: string): string[] => {
    const type = apiSchema.getType(typeName)
    if (type && isAbstractType(type)) return [typeName, ...apiSchema.getPossibleTypes(type).flatMap(({ name }) => kin(name))]
    return isObjectType(type) ? [typeName, ...type.getInterfaces().map(({ name }) => name)] : [typeName]
  }
  const returned = (typeName: string, fieldName: string): string => {
    const type = apiSchema.getType(typeName)
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined
    return field ? getNamedType(field.type).name : ''
  }
  /** Whether a rule of an interface only sums up its implementers' rules, as composers write it: then each of them has its own. */
  const isSum = (typeName: string, fieldName: string, rule: Rule): boolean => {
    const type = apiSchema.getType(typeName)
    if (!isInterfaceType(type)) return false
    const own = apiSchema.getPossibleTypes(type).flatMap(({ name }) => fields.get(`${name}.${fieldName}`) ?? [])
    const scopes = new Set(own.flatMap((one) => (one.scopes ?? []).flat()))
    const isSignInExplained = !rule.needsSignIn || own.some(({ needsSignIn }) => needsSignIn)
    const areScopesExplained = rule.scopes === null || own.some((one) => one.scopes !== null)
    return isSignInExplained && areScopesExplained && (rule.scopes ?? []).flat().every((scope) => scopes.has(scope))
  }
  const ruled = new Map<string, readonly Rule[]>()
  const rulesOf = (typeName: string, fieldName: string): readonly Rule[] => {
    const coordinate = `${typeName}.${fieldName}`
    const known = ruled.get(coordinate)
    if (known) return known
    const found = new Set<Rule>()
    for (const required of [[typeName, fieldName] as const, ...kin(typeName).flatMap((name) => requiredFields(name, fieldName))]) {
      const [requiredType, requiredField] = required
      const own = types.get(requiredType)
      if (own) found.add(own)
      const given = types.get(returned(requiredType, requiredField))
      if (given) found.add(given)
      for (const name of kin(requiredType)) {
        const rule = fields.get(`${name}.${requiredField}`)
        if (rule && (name === requiredType || !isSum(name, requiredField, rule))) found.add(rule)
      }
    }
    const rules = [...found]
    ruled.set(coordinate, rules)
    return rules
  }
  const worst = (rules: readonly Rule[], claims: AccessClaims): Denial => {
    for (const rule of rules) {
      const denial = decide(rule, claims)
      if (denial !== null) return denial
    }
    return null
  }
  return {
    field: (typeName, fieldName, claims) => worst(rulesOf(typeName, fieldName), claims),
    type: (typeName, claims) => {
      const rule = types.get(typeName)
      return rule === undefined ? null : decide(rule, claims)
    },
  }
}
