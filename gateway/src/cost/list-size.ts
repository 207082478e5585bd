import { isListType, isNonNullType, Kind, type FieldNode, type GraphQLOutputType, type ValueNode } from 'graphql'

import { HubError } from '@commonhall/shared/errors'

import type { Amount, AmountBuilder, Variables } from './amount.js'
import type { ListSize } from './cost-directives.js'
import type { FieldCost } from './cost-model.js'

type Reader = (variables: Variables) => number | null

const valueAt = (value: unknown, path: readonly string[]): unknown => {
  let at = value
  for (const key of path) at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined
  return at
}
const count = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : null)

/** What a literal or a variable in it says at a path: a number, null, or how to read it. */
const readAt = (node: ValueNode, path: readonly string[]): number | null | Reader => {
  if (node.kind === Kind.VARIABLE) {
    const name = node.name.value
    return (variables) => count(valueAt(variables[name], path))
  }
  if (path.length === 0) return node.kind === Kind.INT ? Math.max(0, Number(node.value)) : null
  const field = node.kind === Kind.OBJECT ? node.fields.find(({ name }) => name.value === path[0]) : undefined
  return field === undefined ? null : readAt(field.value, path.slice(1))
}

const slicingFault = (): HubError =>
  new HubError('BAD_REQUEST', {
    reason: 'ONE_SLICING_ARGUMENT',
    sentence: {
      zh: '这个列表必须恰好给出一个限制条数的参数。',
      en: 'This list needs exactly one of the arguments that limit its length.',
    },
  })

/**
 * How many items a field may give, as `@listSize` says: the largest of the slicing arguments given, else their default values, else
 * the assumed size, else the default of the hub. Refused with ONE_SLICING_ARGUMENT when the owner asks for exactly one.
 */
export const compileListSize = (
  declared: ListSize,
  node: FieldNode,
  cost: FieldCost,
  builder: AmountBuilder,
  defaultSize: number,
): Amount => {
  const given: Array<number | Reader> = []
  let implied: number | null = null
  for (const slicing of declared.slicingArguments) {
    const [name = '', ...path] = slicing.split('.')
    const argument = node.arguments?.find((candidate) => candidate.name.value === name)
    const byDefault = count(valueAt(cost.field.args.find((candidate) => candidate.name === name)?.defaultValue, path))
    if (byDefault !== null && (argument === undefined || argument.value.kind === Kind.VARIABLE)) implied = Math.max(implied ?? 0, byDefault)
    const value = argument === undefined ? null : readAt(argument.value, path)
    if (value !== null) given.push(value)
  }
  const otherwise = implied ?? declared.assumedSize ?? defaultSize
  const decide = (numbers: readonly number[]): number => {
    const isWrong = numbers.length > 1 || (numbers.length === 0 && implied === null)
    if (declared.requireOneSlicingArgument && isWrong) throw slicingFault()
    return numbers.length === 0 ? otherwise : Math.max(...numbers)
  }
  const constants = given.filter((value) => typeof value === 'number')
  const readers = given.filter((value) => typeof value === 'function')
  if (readers.length === 0) return decide(constants)
  return builder.dynamic((variables) => decide([...constants, ...readers.flatMap((read) => read(variables) ?? [])]))
}

/** Lists inside a list multiply by the default size; nobody can declare them. */
export const innerListFactor = (type: GraphQLOutputType, defaultSize: number): number => {
  let depth = 0
  for (let at: GraphQLOutputType = type; isNonNullType(at) || isListType(at); at = at.ofType as GraphQLOutputType)
    if (isListType(at)) depth += 1
  return defaultSize ** Math.max(0, depth - 1)
}
