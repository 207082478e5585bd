import {
  getNamedType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isTypeSubTypeOf,
  Kind,
  type GraphQLInputType,
  type GraphQLSchema,
  type ObjectValueNode,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql'

/** A variable that an operation declares. */
export interface DeclaredVariable {
  readonly type: GraphQLInputType
  readonly definition: VariableDefinitionNode
  isUsed: boolean
}

/** The variables of the operation whose values are looked at; null where none may stand. */
export type DeclaredVariables = ReadonlyMap<string, DeclaredVariable> | null

const isAllowedHere = (schema: GraphQLSchema, variable: DeclaredVariable, type: GraphQLInputType, defaultValue: unknown): boolean => {
  if (variable.type === type) return true
  if (!isNonNullType(type) || isNonNullType(variable.type)) return isTypeSubTypeOf(schema, variable.type, type)
  const own = variable.definition.defaultValue
  const hasDefault = (own !== undefined && own.kind !== Kind.NULL) || defaultValue !== undefined
  return hasDefault && isTypeSubTypeOf(schema, variable.type, type.ofType as GraphQLInputType)
}

const isLiteral = (type: GraphQLInputType, node: ValueNode): boolean => {
  const named = getNamedType(type)
  if (!isLeafType(named)) return false
  try {
    return named.parseLiteral(node, undefined) !== undefined
  } catch {
    // Validation finds the words for it.
    return false
  }
}

/** Whether a literal holds no variable, and no name twice: then its scalar alone judges it. */
const isPlain = (node: ValueNode): boolean => {
  if (node.kind === Kind.VARIABLE) return false
  if (node.kind === Kind.LIST) return node.values.every(isPlain)
  if (node.kind !== Kind.OBJECT) return true
  return node.fields.every(({ value }) => isPlain(value)) && new Set(node.fields.map(({ name }) => name.value)).size === node.fields.length
}

/** Whether exactly one field is given, and certainly not null. */
const isCertainChoice = ({ fields }: ObjectValueNode, variables: DeclaredVariables): boolean => {
  const [field] = fields
  if (fields.length !== 1 || field === undefined || field.value.kind === Kind.NULL) return false
  return field.value.kind !== Kind.VARIABLE || isNonNullType(variables?.get(field.value.name.value)?.type)
}

/**
 * Whether a value is certainly one of a type, as `ValuesOfCorrectType`, `UniqueInputFieldNames`, `VariablesInAllowedPosition` and
 * `NoUndefinedVariables` together ask. False: not certain. Notes which variables are used.
 *
 * Variables inside literals of a scalar are left to validation.
 */
export const isCertainValue = (
  schema: GraphQLSchema,
  type: GraphQLInputType,
  node: ValueNode,
  variables: DeclaredVariables,
  defaultValue?: unknown,
): boolean => {
  switch (node.kind) {
    case Kind.VARIABLE: {
      const variable = variables?.get(node.name.value)
      if (variable === undefined) return false
      variable.isUsed = true
      return isAllowedHere(schema, variable, type, defaultValue)
    }
    case Kind.NULL:
      return !isNonNullType(type)
    case Kind.LIST: {
      const nullable = isNonNullType(type) ? type.ofType : type
      if (!isListType(nullable)) return isPlain(node) && isLiteral(type, node)
      return node.values.every((item) => isCertainValue(schema, nullable.ofType as GraphQLInputType, item, variables))
    }
    case Kind.OBJECT: {
      const named = getNamedType(type)
      if (!isInputObjectType(named)) return isPlain(node) && isLiteral(type, node)
      if (named.isOneOf && !isCertainChoice(node, variables)) return false
      const fields = named.getFields()
      const given = new Set<string>()
      for (const { name, value } of node.fields) {
        const field = Object.hasOwn(fields, name.value) ? fields[name.value] : undefined
        if (field === undefined || given.has(name.value)) return false
        if (!isCertainValue(schema, field.type, value, variables, field.defaultValue)) return false
        given.add(name.value)
      }
      for (const field of Object.values(fields)) if (!given.has(field.name) && isRequiredInputField(field)) return false
      return true
    }
    default:
      return isLiteral(type, node)
  }
}

/** Whether two values are written alike, whatever their blanks; for arguments of fields that share a key. */
export const areSameValues = (a: ValueNode, b: ValueNode): boolean => {
  switch (a.kind) {
    case Kind.VARIABLE:
      return b.kind === Kind.VARIABLE && a.name.value === b.name.value
    case Kind.NULL:
      return b.kind === Kind.NULL
    case Kind.LIST: {
      if (b.kind !== Kind.LIST || a.values.length !== b.values.length) return false
      const others = b.values
      return a.values.every((item, at) => areSameValues(item, others[at] as ValueNode))
    }
    case Kind.OBJECT: {
      if (b.kind !== Kind.OBJECT || a.fields.length !== b.fields.length) return false
      const others = b.fields
      return a.fields.every(({ name, value }, at) => {
        const other = others[at]
        return other !== undefined && other.name.value === name.value && areSameValues(value, other.value)
      })
    }
    default:
      return a.kind === b.kind && 'value' in b && a.value === b.value
  }
}
