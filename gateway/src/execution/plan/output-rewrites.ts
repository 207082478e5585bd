import type { InputRewrite, OutputRewrite, RewritePath } from '../../planning/plan-nodes.js'

/** A rename or a setting of the planner, with what is left of its path at some position of a call. */
export interface PendingRewrite {
  readonly rest: RewritePath
  readonly action: { readonly kind: 'rename'; readonly to: string } | { readonly kind: 'set'; readonly value: string }
}

/** What rewrites do to the fields of one object. */
export interface FieldRewrites {
  /** Types for which it holds; null for every type. */
  readonly types: readonly string[] | null
  readonly key: string
  readonly action: PendingRewrite['action']
}

const NOTHING: readonly PendingRewrite[] = []

/** The planner's rewrites in one form. */
export const pendingRewrites = (rewrites: readonly (InputRewrite | OutputRewrite)[] | undefined): readonly PendingRewrite[] =>
  rewrites === undefined || rewrites.length === 0
    ? NOTHING
    : rewrites.map((rewrite) => {
        if ('KeyRenamer' in rewrite)
          return { rest: rewrite.KeyRenamer.path, action: { kind: 'rename' as const, to: rewrite.KeyRenamer.renameKeyTo } }
        const { path, setValueTo } = rewrite.ValueSetter
        return { rest: path, action: { kind: 'set' as const, value: setValueTo } }
      })

const narrow = (rest: RewritePath): { types: readonly string[] | null; rest: RewritePath } => {
  let types: readonly string[] | null = null
  let at = 0
  for (; at < rest.length; at++) {
    const segment = rest[at]
    if (segment === undefined || !('TypenameEquals' in segment)) break
    const wanted = segment.TypenameEquals
    types = types === null ? wanted : types.filter((type) => wanted.includes(type))
  }
  return { types, rest: rest.slice(at) }
}

/** The rewrites that act on the object here, in the planner's order. */
export const rewritesHere = (pending: readonly PendingRewrite[]): FieldRewrites[] =>
  pending.flatMap(({ rest, action }) => {
    const narrowed = narrow(rest)
    const segment = narrowed.rest[0]
    return narrowed.rest.length === 1 && segment !== undefined && 'Key' in segment
      ? [{ types: narrowed.types, key: segment.Key, action }]
      : []
  })

/** The rewrites that act below a key, for objects of a type (null: whatever type). */
export const rewritesBelow = (pending: readonly PendingRewrite[], key: string, typeName: string | null): PendingRewrite[] =>
  pending.flatMap(({ rest, action }) => {
    const narrowed = narrow(rest)
    const segment = narrowed.rest[0]
    if (narrowed.rest.length < 2 || segment === undefined || !('Key' in segment) || segment.Key !== key) return []
    if (typeName !== null && narrowed.types !== null && !narrowed.types.includes(typeName)) return []
    return [{ rest: narrowed.rest.slice(1), action }]
  })

/** What a key of the planner is called after its renames; for the paths of errors. */
export const renamedKey = (key: string, pending: readonly PendingRewrite[]): string => {
  for (const { rest, action } of pending) {
    const last = rest.at(-1)
    if (action.kind === 'rename' && last !== undefined && 'Key' in last && last.Key === key) return action.to
  }
  return key
}
