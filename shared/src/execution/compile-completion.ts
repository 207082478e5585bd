import {
  defaultTypeResolver,
  GraphQLError,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  locatedError,
  type GraphQLAbstractType,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql'

import { leafWriter } from './leaf-text.js'
import { ResolveInfo, type FieldOf } from './resolve-info.js'
import { isPromise, NULL, pathOf, Pieces, type Compilation, type ObjectWriter, type Place, type Run, type Text } from './run.js'

/** Writes the value of a field (or of an item of its list) as its type demands; throws for what the type cannot hold. */
export type Completion = (run: Run, value: unknown, at: Place) => Text

/** What graphql-js does before it looks at a type: errors that were returned are thrown, and nothing is null. */
const orNull =
  (complete: Completion): Completion =>
  (run, value, at) => {
    if (value === null || value === undefined) return NULL
    if (value instanceof Error) throw value
    return complete(run, value, at)
  }

/** Compiles the completion of a type. */
export const compileCompletion = (compilation: Compilation, type: GraphQLOutputType, field: FieldOf): Completion => {
  if (isNonNullType(type)) return neverNull(compileCompletion(compilation, type.ofType, field), field)
  if (isLeafType(type)) {
    const write = leafWriter(type)
    return orNull((_run, value) => write(value))
  }
  if (isListType(type)) return orNull(compileList(compilation, type, field))
  if (isAbstractType(type)) return orNull(compileAbstract(compilation, type, field))
  if (isObjectType(type)) return orNull(compileObject(compilation, type, field))
  throw new Error(`The type ${String(type)} cannot be written.`)
}

const neverNull = (complete: Completion, { parent, name }: FieldOf): Completion => {
  const require = (text: string): string => {
    if (text === NULL) throw new Error(`Cannot return null for non-nullable field ${parent.name}.${name}.`)
    return text
  }
  return (run, value, at) => {
    const text = complete(run, value, at)
    return typeof text === 'string' ? require(text) : text.then(require)
  }
}

const isList = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { [Symbol.iterator]?: unknown })[Symbol.iterator] === 'function'

const hear = (items: readonly unknown[]): void => {
  for (const item of items) if (isPromise(item)) item.then(undefined, () => undefined)
}

const compileList = (compilation: Compilation, { ofType }: GraphQLList<GraphQLOutputType>, field: FieldOf): Completion => {
  const complete = compileCompletion(compilation, ofType, field)
  const mayBeNull = !isNonNullType(ofType)
  const fail = (run: Run, error: unknown, at: Place): string => {
    const located = locatedError(error, field.nodes, pathOf(at))
    if (!mayBeNull) throw located
    run.errors.push(located)
    return NULL
  }
  const writeItem = (run: Run, item: unknown, at: Place): Text => {
    try {
      const text = isPromise(item) ? item.then((settled) => complete(run, settled, at)) : complete(run, item, at)
      return typeof text === 'string' ? text : text.then(undefined, (error: unknown) => fail(run, error, at))
    } catch (error) {
      return fail(run, error, at)
    }
  }
  return (run, value, prev) => {
    if (!isList(value)) throw new GraphQLError(`Expected Iterable, but did not find one for field "${field.parent.name}.${field.name}".`)
    let text = '['
    let pieces: Pieces | null = null
    let index = 0
    try {
      for (const item of value) {
        const written = writeItem(run, item, { prev, key: index, typename: undefined })
        const comma = index++ === 0 ? '' : ','
        if (typeof written === 'string') {
          text += comma + written
        } else {
          pieces ??= new Pieces()
          pieces.add(text + comma, written)
          text = ''
        }
      }
    } catch (error) {
      // Items that were never looked at may reject, too, and Node ends for a rejection that nobody hears.
      if (Array.isArray(value)) hear(value.slice(index))
      if (pieces === null) throw error
      return pieces.abandon(error)
    }
    return pieces === null ? `${text}]` : pieces.join(`${text}]`)
  }
}

const compileObject = (compilation: Compilation, type: GraphQLObjectType, field: FieldOf): Completion => {
  // Compiled when first met: types may lead to one another without end, documents do not.
  let writer: ObjectWriter | null = null
  const write: ObjectWriter = (run, value, at) => (writer ??= compilation.subselection(type, field.nodes))(run, value, at)
  const { isTypeOf } = type
  const compiled = { ...field, compilation }
  if (isTypeOf === undefined || isTypeOf === null) return write
  const check = (run: Run, isOfType: boolean, value: unknown, at: Place): Text => {
    if (!isOfType) throw new GraphQLError(`Expected value of type "${type.name}".`, { nodes: [...field.nodes] })
    return write(run, value, at)
  }
  return (run, value, at) => {
    const isOfType = isTypeOf(value, run.context, new ResolveInfo(compiled, run, at))
    return isPromise(isOfType)
      ? isOfType.then((settled) => check(run, settled as boolean, value, at))
      : check(run, isOfType as boolean, value, at)
  }
}

const compileAbstract = (compilation: Compilation, type: GraphQLAbstractType, field: FieldOf): Completion => {
  const resolveType = type.resolveType ?? defaultTypeResolver
  const compiled = { ...field, compilation }
  const writers = new Map<string, Completion>()
  const where = `${field.parent.name}.${field.name}`
  const writerOf = (typeName: unknown): Completion => {
    const known = writers.get(typeName as string)
    if (known !== undefined) return known
    if (typeof typeName !== 'string')
      throw new GraphQLError(`Abstract type "${type.name}" must resolve to an Object type at runtime for field "${where}".`, {
        nodes: [...field.nodes],
      })
    const concrete = compilation.schema.getType(typeName)
    if (!isObjectType(concrete) || !compilation.schema.isSubType(type, concrete))
      throw new GraphQLError(`Runtime Object type "${typeName}" is not a possible type for "${type.name}".`, { nodes: [...field.nodes] })
    const writer = compileObject(compilation, concrete, field)
    writers.set(typeName, writer)
    return writer
  }
  return (run, value, at) => {
    const typeName: unknown = resolveType(value, run.context, new ResolveInfo(compiled, run, at), type)
    return isPromise(typeName) ? typeName.then((settled) => writerOf(settled)(run, value, at)) : writerOf(typeName)(run, value, at)
  }
}
