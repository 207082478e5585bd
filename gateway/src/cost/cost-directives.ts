import { Kind, type ConstValueNode, type DirectiveNode, type DocumentNode } from 'graphql'

/** How long a list may be, as its owner declares it. */
export interface ListSize {
  readonly assumedSize: number | null
  /** Names of arguments, or paths into them (`page.first`). */
  readonly slicingArguments: readonly string[]
  /** Fields of the returned object that hold the list; empty when the field is the list itself. */
  readonly sizedFields: readonly string[]
  readonly requireOneSlicingArgument: boolean
}

/** The names that the cost directives have in one supergraph; imports may rename them. */
export interface CostDirectiveNames {
  readonly cost: ReadonlySet<string>
  readonly listSize: ReadonlySet<string>
}

const COST_SPEC = /\/(cost|federation)\/v\d/

const argumentOf = (directive: DirectiveNode, name: string): ConstValueNode | undefined =>
  directive.arguments?.find((argument) => argument.name.value === name)?.value as ConstValueNode | undefined

const textOf = (value: ConstValueNode | undefined): string | null => (value?.kind === Kind.STRING ? value.value : null)

const textsOf = (value: ConstValueNode | undefined): string[] =>
  value?.kind === Kind.LIST
    ? value.values.flatMap((item) => textOf(item) ?? [])
    : value && textOf(value) !== null
      ? [textOf(value) ?? '']
      : []

const numberOf = (value: ConstValueNode | undefined): number | null => {
  if (value?.kind !== Kind.INT && value?.kind !== Kind.FLOAT && value?.kind !== Kind.STRING) return null
  const number = Number(value.value)
  return Number.isFinite(number) ? number : null
}

/**
 * Finds the names of `@cost` and `@listSize` by what the schema links, not by how they are called.
 *
 * Another directive that happens to be called `cost` counts only when nothing of the specification is linked.
 */
export const costDirectiveNames = (supergraph: DocumentNode): CostDirectiveNames => {
  const cost = new Set<string>()
  const listSize = new Set<string>()
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue
    for (const link of definition.directives ?? []) {
      const url = textOf(argumentOf(link, 'url')) ?? ''
      if (link.name.value !== 'link' || !COST_SPEC.test(url)) continue
      const prefix = textOf(argumentOf(link, 'as')) ?? /\/(cost|federation)\/v\d/.exec(url)?.[1] ?? 'cost'
      // What is not imported goes by its prefix; a directive named like its specification needs none.
      cost.add(prefix === 'federation' ? 'federation__cost' : prefix)
      listSize.add(`${prefix}__listSize`)
      const imports = argumentOf(link, 'import')
      for (const item of imports?.kind === Kind.LIST ? imports.values : []) {
        const name = item.kind === Kind.OBJECT ? textOf(item.fields.find((field) => field.name.value === 'name')?.value) : textOf(item)
        const as = item.kind === Kind.OBJECT ? textOf(item.fields.find((field) => field.name.value === 'as')?.value) : null
        const own = (as ?? name ?? '').replace(/^@/, '')
        if (name === '@cost') cost.add(own)
        if (name === '@listSize') listSize.add(own)
      }
    }
  }
  return cost.size + listSize.size > 0 ? { cost, listSize } : { cost: new Set(['cost']), listSize: new Set(['listSize']) }
}

/** The weight that `@cost` gives; null without one. A negative weight counts as 0: it could make others' fields free. */
export const weightOf = (directives: readonly DirectiveNode[] | undefined, names: CostDirectiveNames): number | null => {
  for (const directive of directives ?? []) {
    if (!names.cost.has(directive.name.value)) continue
    const weight = numberOf(argumentOf(directive, 'weight'))
    if (weight !== null) return Math.max(0, weight)
  }
  return null
}

/** What `@listSize` says; null without one. */
export const listSizeOf = (directives: readonly DirectiveNode[] | undefined, names: CostDirectiveNames): ListSize | null => {
  const directive = directives?.find(({ name }) => names.listSize.has(name.value))
  if (directive === undefined) return null
  const one = argumentOf(directive, 'requireOneSlicingArgument')
  const assumed = numberOf(argumentOf(directive, 'assumedSize'))
  const slicingArguments = textsOf(argumentOf(directive, 'slicingArguments'))
  return {
    assumedSize: assumed === null ? null : Math.max(0, assumed),
    slicingArguments,
    sizedFields: textsOf(argumentOf(directive, 'sizedFields')),
    requireOneSlicingArgument: slicingArguments.length > 0 && !(one?.kind === Kind.BOOLEAN && !one.value),
  }
}
