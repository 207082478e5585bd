import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js'
import {
  getArgumentValues,
  Kind,
  visit,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  isNonNullType,
  locatedError,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  BREAK,
} from 'graphql'

import { compileCompletion } from './compile-completion.js'
import { isPromise, NULL, pathOf, Pieces, type Compilation, type ObjectWriter, type Place, type Run, type Text } from './run.js'

/** One field of a selection: its key in the answer, and how its value is written. */
export interface FieldPlan {
  readonly key: string
  readonly write: ObjectWriter
}

type Nodes = readonly [FieldNode, ...FieldNode[]]

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
const fixedArguments = (field: GraphQLField<unknown, unknown>, node: FieldNode): Readonly<Record<string, unknown>> | null => {
  if (usesVariables(node)) return null
  try {
    return Object.freeze(getArgumentValues(field, node))
  } catch {
    return null
  }
}

const definitionOf = (compilation: Compilation, parent: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined => {
  const isQuery = compilation.schema.getQueryType() === parent
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef
  if (isQuery && name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef
  if (isQuery && name === TypeMetaFieldDef.name) return TypeMetaFieldDef
  return parent.getFields()[name]
}

/** Compiles one field of an object; null for one that the type does not have. */
const compileField = (compilation: Compilation, parent: GraphQLObjectType, responseName: string, nodes: Nodes): ObjectWriter | null => {
  const [node] = nodes
  const field = definitionOf(compilation, parent, node.name.value)
  if (field === undefined) return null
  if (field === TypeNameMetaFieldDef) return () => `"${parent.name}"`
  const { name, resolve } = field
  const mayBeNull = !isNonNullType(field.type)
  const complete = compileCompletion(compilation, field.type, { parent, name, nodes })
  const fixed = fixedArguments(field, node)
  const argumentsOf = (run: Run): Record<string, unknown> => fixed ?? getArgumentValues(field, node, run.variables)
  const infoOf = (run: Run, path: Place): GraphQLResolveInfo => ({
    fieldName: name,
    fieldNodes: nodes,
    returnType: field.type,
    parentType: parent,
    path,
    schema: compilation.schema,
    fragments: compilation.fragments,
    rootValue: run.rootValue,
    operation: compilation.operation,
    variableValues: run.variables as Record<string, unknown>,
  })
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
  /** graphql-js's default: a property, or what it returns when it is a function. */
  const readProperty = (run: Run, source: unknown, at: Place): unknown => {
    if ((typeof source !== 'object' || source === null) && typeof source !== 'function') return undefined
    const value = (source as Record<string, unknown>)[name]
    return typeof value === 'function' ? (value as Method).call(source, argumentsOf(run), run.context, infoOf(run, at)) : value
  }
  return (run, source, prev) => {
    const at: Place = { prev, key: responseName, typename: parent.name }
    let value: unknown
    try {
      value =
        resolve === undefined ? readProperty(run, source, at) : resolve(source, argumentsOf(run), run.context as never, infoOf(run, at))
    } catch (error) {
      return fail(run, error, at)
    }
    if (!isPromise(value)) return finish(run, value, at)
    return value.then(
      (settled) => finish(run, settled, at),
      (error: unknown) => fail(run, error, at),
    )
  }
}

type Method = (this: unknown, ...args: unknown[]) => unknown

const compileFields = (
  compilation: Compilation,
  type: GraphQLObjectType,
  groups: ReadonlyMap<string, readonly FieldNode[]>,
): FieldPlan[] => {
  const plans: FieldPlan[] = []
  for (const [responseName, nodes] of groups) {
    const write = compileField(compilation, type, responseName, nodes as Nodes)
    if (write !== null) plans.push({ key: `${plans.length === 0 ? '{' : ','}"${responseName}":`, write })
  }
  return plans
}

const objectWriter = (plans: readonly FieldPlan[]): ObjectWriter => {
  if (plans.length === 0) return () => '{}'
  return (run, source, at) => {
    let text = ''
    let pieces: Pieces | null = null
    try {
      for (const { key, write } of plans) {
        const written = write(run, source, at)
        if (typeof written === 'string') {
          text += key + written
        } else {
          pieces ??= new Pieces()
          pieces.add(text + key, written)
          text = ''
        }
      }
    } catch (error) {
      if (pieces === null) throw error
      return pieces.abandon(error)
    }
    return pieces === null ? `${text}}` : pieces.join(`${text}}`)
  }
}

/** The common ground of what is compiled for one combination of steering variables. */
export const openCompilation = (of: Omit<Compilation, 'subselection'>): Compilation => {
  const compilation: Compilation = {
    ...of,
    subselection: (type, nodes) =>
      objectWriter(compileFields(compilation, type, collectSubfields(of.schema, of.fragments, of.steering, type, nodes))),
  }
  return compilation
}

/** The root fields of an operation in their order. */
export const compileRoot = (compilation: Compilation, type: GraphQLObjectType): readonly FieldPlan[] => {
  const { schema, fragments, steering, operation } = compilation
  return compileFields(compilation, type, collectFields(schema, fragments, steering, type, operation.selectionSet))
}

/** Writes root fields side by side. */
export const writeTogether = objectWriter

/** Writes root fields one after the other, as mutations are; a field begins when all of the one before is there. */
export const writeInTurn = async (plans: readonly FieldPlan[], run: Run): Promise<string> => {
  let text = ''
  for (const { key, write } of plans) text += key + (await write(run, run.rootValue, undefined))
  return plans.length === 0 ? '{}' : `${text}}`
}
