/**
 * Names of response keys on their way through the plan.
 *
 * A client may alias anything to anything, also to the name of a key field (`{ id: name }`); the planner 0.0.38 then renames the
 * wrong value over the key and sends it as a representation: silently wrong data. So inside the hub every aliased key carries a
 * prefix that no schema uses, and the projector, the only one who answers clients, takes it off.
 */
const ALIAS_PREFIX = '_a_'

/** Marks a selection set that conditions or access rules have emptied; never reaches a client. */
export const EMPTY_MARKER = '__hub_empty'

/** The key under which a field's value stands in the data of the hub. */
export const internalName = (fieldName: string, alias: string | undefined): string =>
  alias === undefined || alias === fieldName ? fieldName : ALIAS_PREFIX + alias

/** The client's name of an internal key. */
export const clientName = (key: string): string => (key.startsWith(ALIAS_PREFIX) ? key.slice(ALIAS_PREFIX.length) : key)

/** A path in internal keys as the client would write it. */
export const clientPath = (path: ReadonlyArray<string | number>): Array<string | number> =>
  path.map((key) => (typeof key === 'string' ? clientName(key) : key))
