import {
  BREAK,
  getArgumentValues,
  getNamedType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  locatedError,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  visit,
  type FieldNode,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql'

import { compileCompletion } from './compile-completion.js'
import { enumTexts, usualValue, type UsualValue } from './leaf-text.js'
import { ResolveInfo } from './resolve-info.js'
import { isPromise, NULL, pathOf, type Compilation, type ObjectWriter, type Place, type Run, type Text } from './run.js'

/** A field without a resolver whose value is a leaf: what generated code may write by itself when the value is as usual. */
export interface PropertyPlan {
  readonly name: string
  readonly usual: UsualValue
  readonly enumTexts: ReadonlyMap<unknown, string> | null
  readonly mayBeNull: boolean
  /** Writes any other value of the property, as if it had been read here. */
  readonly writeValue: (run: Run, source: object, prev: Place | undefined, value: unknown) => Text
}

/** One field of a selection: its key in the answer, and how its value is written. */
export interface FieldPlan {
  readonly responseName: string
  readonly write: ObjectWriter
  readonly property: PropertyPlan | null
}

type Nodes = readonly [FieldNode, ...FieldNode[]]
type Method = (this: unknown, ...args: unknown[]) => unknown

const usesVariables = (node: FieldNode): boolean => {
  let isUsed = false
  for (const argument of node.arguments ?? [])
    visit(argument, {
      [Kind.VARIABLE]: () => {
        isUsed = true
        return BREAK
      },
    })
  return isUsed
}

/** Arguments that every run has alike, or null when variables (or a fault of theirs) make them differ. */
const fixedArguments = (field: GraphQLField<unknown, unknown>, node: FieldNode): Record<string, unknown> | null => {
  if (usesVariables(node)) return null
  try {
    return Object.freeze(getArgumentValues(field, node)) as Record<string, unknown>
  } catch {
    return null
  }
}

const definitionOf = (compilation: Compilation, parent: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined => {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef
  const isQuery = compilation.schema.getQueryType() === parent
  if (isQuery && name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef
  if (isQuery && name === TypeMetaFieldDef.name) return TypeMetaFieldDef
  return parent.getFields()[name]
}

const leafTypeOf = (type: GraphQLOutputType): GraphQLLeafType | null => {
  const named = getNamedType(type)
  return isLeafType(named) && !isListType(isNonNullType(type) ? type.ofType : type) ? named : null
}

/** Compiles one field of an object; null for one that the type does not have. */
export const compileField = (compilation: Compilation, parent: GraphQLObjectType, responseName: string, nodes: Nodes): FieldPlan | null => {
  const [node] = nodes
  const field = definitionOf(compilation, parent, node.name.value)
  if (field === undefined) return null
  if (field === TypeNameMetaFieldDef) return { responseName, write: () => `"${parent.name}"`, property: null }
  const { name, resolve, type } = field
  const mayBeNull = !isNonNullType(type)
  const compiled = { compilation, parent, name, nodes, type }
  const complete = compileCompletion(compilation, type, compiled)
  const fixed = fixedArguments(field, node)
  const argumentsOf = (run: Run): Record<string, unknown> => fixed ?? getArgumentValues(field, node, run.variables)

  const fail = (run: Run, error: unknown, at: Place): string => {
    const located = locatedError(error, nodes, pathOf(at))
    if (!mayBeNull) throw located
    run.errors.push(located)
    return NULL
  }
  const finish = (run: Run, value: unknown, at: Place): Text => {
    try {
      const text = complete(run, value, at)
      return typeof text === 'string' ? text : text.then(undefined, (error: unknown) => fail(run, error, at))
    } catch (error) {
      return fail(run, error, at)
    }
  }
  const settle = (run: Run, value: unknown, at: Place): Text =>
    isPromise(value)
      ? value.then(
          (settled) => finish(run, settled, at),
          (error: unknown) => fail(run, error, at),
        )
      : finish(run, value, at)

  if (resolve !== undefined && resolve !== null)
    return {
      responseName,
      property: null,
      write(run, source, prev) {
        const at: Place = { prev, key: responseName, typename: parent.name }
        let value: unknown
        try {
          value = resolve(source, argumentsOf(run), run.context as never, new ResolveInfo(compiled, run, at))
        } catch (error) {
          return fail(run, error, at)
        }
        return settle(run, value, at)
      },
    }

  // graphql-js's default: a property, or what it returns when it is a function.
  const writeValue = (run: Run, source: object, prev: Place | undefined, property: unknown): Text => {
    const at: Place = { prev, key: responseName, typename: parent.name }
    let value = property
    try {
      if (typeof property === 'function')
        value = (property as Method).call(source, argumentsOf(run), run.context, new ResolveInfo(compiled, run, at))
    } catch (error) {
      return fail(run, error, at)
    }
    return settle(run, value, at)
  }
  const write: ObjectWriter = (run, source, prev) => {
    if ((typeof source !== 'object' || source === null) && typeof source !== 'function') return writeValue(run, {}, prev, undefined)
    let value: unknown
    try {
      value = (source as Record<string, unknown>)[name]
    } catch (error) {
      return fail(run, error, { prev, key: responseName, typename: parent.name })
    }
    return writeValue(run, source, prev, value)
  }
  const leaf = leafTypeOf(type)
  const property: PropertyPlan | null =
    leaf === null ? null : { name, usual: usualValue(leaf), enumTexts: isEnumType(leaf) ? enumTexts(leaf) : null, mayBeNull, writeValue }
  return { responseName, write, property }
}
