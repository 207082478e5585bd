import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql'

import { costDirectiveNames, listSizeOf, weightOf, type ListSize } from './cost-directives.js'

/** Weights where no owner has said anything. */
export interface CostDefaults {
  readonly object: number
  readonly leaf: number
  readonly listSize: number
  /** Each root field of a mutation. */
  readonly mutation: number
  /** Each `__schema` and `__type`. */
  readonly introspection: number
}

/** The usual weights of the field. */
export const COST_DEFAULTS: CostDefaults = { object: 1, leaf: 0, listSize: 10, mutation: 10, introspection: 100 }

/** What one field costs. */
export interface FieldCost {
  /** Of one instance, without what is selected below. */
  readonly weight: number
  readonly isList: boolean
  readonly listSize: ListSize | null
  /** Arguments that cost something, or hold input fields that do. */
  readonly weightedArguments: readonly string[]
  readonly field: GraphQLField<unknown, unknown>
}

/** What everything costs in one release. */
export interface CostModel {
  readonly defaults: CostDefaults
  /** Null for a field that does not exist, such as `__typename`. */
  field(typeName: string, fieldName: string): FieldCost | null
  argumentWeight(typeName: string, fieldName: string, argumentName: string): number
  inputFieldWeight(typeName: string, fieldName: string): number
  /** What an owner has declared for a type used as input; 0 without. */
  inputTypeWeight(typeName: string): number
  /** Whether values of an input type can cost anything. */
  isWeightedInput(typeName: string): boolean
}

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type)
const COUNTING_ARGUMENTS = ['first', 'last', 'limit']
const LISTS_OF_CONNECTIONS = ['nodes', 'edges', 'items']

/**
 * Reads `@cost` and `@listSize` from a supergraph, by whatever name it imports them; where an owner has said nothing, the defaults hold.
 *
 * A field without `@listSize` that takes `first`, `last` or `limit` is sized by it: itself when it is a list, else the lists
 * `nodes`, `edges` and `items` of what it returns. A field of an interface weighs as much as the heaviest of its implementers.
 */
export const readCostModel = (supergraphSdl: string, schema: GraphQLSchema, defaults: CostDefaults = COST_DEFAULTS): CostModel => {
  const document = parse(supergraphSdl, { noLocation: true })
  const names = costDirectiveNames(document)
  const types = new Map<string, number>()
  const fields = new Map<string, number>()
  const lists = new Map<string, ListSize>()
  const args = new Map<string, number>()
  const inputs = new Map<string, number>()
  for (const definition of document.definitions) {
    if (!('name' in definition) || definition.name === undefined || !('directives' in definition)) continue
    const owner = definition.name.value
    const weight = weightOf(definition.directives, names)
    if (weight !== null) types.set(owner, weight)
    if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
      for (const field of definition.fields ?? []) {
        const ofField = weightOf(field.directives, names)
        if (ofField !== null) inputs.set(`${owner}.${field.name.value}`, ofField)
      }
    } else if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      for (const field of definition.fields ?? []) {
        const coordinate = `${owner}.${field.name.value}`
        const ofField = weightOf(field.directives, names)
        if (ofField !== null) fields.set(coordinate, ofField)
        const size = listSizeOf(field.directives, names)
        if (size !== null) lists.set(coordinate, size)
        for (const argument of field.arguments ?? []) {
          const ofArgument = weightOf(argument.directives, names)
          if (ofArgument !== null) args.set(`${coordinate}.${argument.name.value}`, ofArgument)
        }
      }
    }
  }

  const typeWeight = (type: GraphQLNamedType): number => {
    const declared = types.get(type.name)
    if (declared !== undefined) return declared
    if (isAbstractType(type)) return Math.max(defaults.object, ...schema.getPossibleTypes(type).map(({ name }) => types.get(name) ?? 0))
    return isCompositeType(type) ? defaults.object : defaults.leaf
  }
  const heaviest = (typeName: string, fieldName: string): number | undefined => {
    const type = schema.getType(typeName)
    const names = isInterfaceType(type) ? [typeName, ...schema.getPossibleTypes(type).map(({ name }) => name)] : [typeName]
    const weights = names.flatMap((name) => fields.get(`${name}.${fieldName}`) ?? [])
    return weights.length > 0 ? Math.max(...weights) : undefined
  }
  // Input types may contain each other in circles: once any input field weighs something, all input objects are looked into.
  const isWeightedInput = (typeName: string): boolean =>
    (types.get(typeName) ?? 0) > 0 || (inputs.size > 0 && isInputObjectType(schema.getType(typeName)))
  const sizeOf = (coordinate: string, field: GraphQLField<unknown, unknown>): ListSize | null => {
    const declared = lists.get(coordinate)
    if (declared !== undefined) return declared
    const slicingArguments = field.args.map(({ name }) => name).filter((name) => COUNTING_ARGUMENTS.includes(name))
    if (slicingArguments.length === 0) return null
    const returned = getNamedType(field.type)
    const sizedFields = isList(field.type)
      ? []
      : isObjectType(returned) || isInterfaceType(returned)
        ? LISTS_OF_CONNECTIONS.filter((name) => name in returned.getFields())
        : []
    return { assumedSize: null, slicingArguments, sizedFields, requireOneSlicingArgument: false }
  }
  const known = new Map<string, FieldCost | null>()
  return {
    defaults,
    field(typeName, fieldName) {
      const coordinate = `${typeName}.${fieldName}`
      const cached = known.get(coordinate)
      if (cached !== undefined) return cached
      const type = schema.getType(typeName)
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined
      const cost =
        field === undefined
          ? null
          : {
              weight: heaviest(typeName, fieldName) ?? typeWeight(getNamedType(field.type)),
              isList: isList(field.type),
              listSize: sizeOf(coordinate, field),
              weightedArguments: field.args
                .filter(({ name, type: of }) => args.has(`${coordinate}.${name}`) || isWeightedInput(getNamedType(of).name))
                .map(({ name }) => name),
              field,
            }
      known.set(coordinate, cost)
      return cost
    },
    argumentWeight: (typeName, fieldName, argumentName) => args.get(`${typeName}.${fieldName}.${argumentName}`) ?? 0,
    inputFieldWeight: (typeName, fieldName) => inputs.get(`${typeName}.${fieldName}`) ?? 0,
    inputTypeWeight: (typeName) => types.get(typeName) ?? 0,
    isWeightedInput,
  }
}
