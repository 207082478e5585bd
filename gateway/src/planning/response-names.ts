/**
 * Names of response keys on their way through the plan.
 *
 * A client may alias anything to anything, also to the name of a key field (`{ id: name }`), which would then be sent as a
 * representation: silently wrong data. So inside the hub an alias that may be the name of a field carries a prefix that no schema
 * uses, and the projector, the only one who answers clients, takes it off.
 */
const ALIAS_PREFIX = '_a_'

/** Marks a selection set that conditions or access rules have emptied; never reaches a client. */
export const EMPTY_MARKER = '__hub_empty'

const taken = new WeakMap<object, ReadonlySet<string>>()

/**
 * Notes the words of a supergraph for aliases on its API schema: every field name is one of them, hidden ones too. An alias that is
 * none of them can stand in the data as it is, so that what a party answered under it needs no new key.
 */
export const noteSupergraphWords = (schema: object, supergraphSdl: string): void => {
  taken.set(schema, new Set(supergraphSdl.match(/[A-Za-z_]\w*/g) ?? []))
}

/** The key under which a field's value stands in the data of the hub. Names that begin with `_` are the hub's. */
export const internalName = (schema: object, fieldName: string, alias: string | undefined): string => {
  if (alias === undefined || alias === fieldName) return fieldName
  const words = taken.get(schema)
  return words === undefined || words.has(alias) || alias.startsWith('_') ? ALIAS_PREFIX + alias : alias
}

/** The client's name of an internal key. */
export const clientName = (key: string): string => (key.startsWith(ALIAS_PREFIX) ? key.slice(ALIAS_PREFIX.length) : key)

/** A path in internal keys as the client would write it. */
export const clientPath = (path: ReadonlyArray<string | number>): Array<string | number> =>
  path.map((key) => (typeof key === 'string' ? clientName(key) : key))
