import { parseTypeId } from '@commonhall/shared/typeid'

/** Whether a text a client sent is a well-formed id of a type; only such ids reach a statement, all others are unknown. */
export const isIdOf = (prefix: string, id: string): boolean => parseTypeId(id)?.prefix === prefix

/** Looks up by id what can exist at all: malformed ids and those of other types cost nothing and are simply not found. */
export const lookUp =
  <T>(prefix: string, find: (ids: readonly string[]) => Promise<T[]>) =>
  async (ids: readonly string[]): Promise<T[]> => {
    const possible = ids.filter((id) => isIdOf(prefix, id))
    return possible.length === 0 ? [] : find(possible)
  }
