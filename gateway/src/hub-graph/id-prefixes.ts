import { Kind, parse } from 'graphql'

/** The SDL of one party, as the hub graph reads it. */
export interface PartySdl {
  readonly name: string
  readonly sdl: string
}

const PREFIX = /\bprefix ([a-z]{3})\b/

/**
 * Which type a TypeID belongs to, by its prefix.
 *
 * Read where the owners write it: the description of `id` ("TypeID, prefix sug.") of each entity that is a `Node`. Throws when
 * two types claim one prefix; a `Node` without a prefix cannot be looked up and is left out.
 */
export const readIdPrefixes = (parties: readonly PartySdl[]): Map<string, string> => {
  const typeOf = new Map<string, string>()
  for (const { name, sdl } of parties) {
    for (const definition of parse(sdl, { noLocation: true }).definitions) {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue
      if (!definition.interfaces?.some((implemented) => implemented.name.value === 'Node')) continue
      if (!definition.directives?.some((directive) => directive.name.value === 'key')) continue
      const id = definition.fields?.find((field) => field.name.value === 'id')
      const prefix = PREFIX.exec(id?.description?.value ?? '')?.[1]
      if (prefix === undefined) continue
      const known = typeOf.get(prefix)
      if (known !== undefined && known !== definition.name.value) {
        throw new Error(
          `The TypeID prefix "${prefix}" is claimed by ${known} and by ${definition.name.value} (${name}); change one of them.`,
        )
      }
      typeOf.set(prefix, definition.name.value)
    }
  }
  return typeOf
}

/** Whether a party offers `Query.node` itself; then the hub generates none. */
export const offersNode = (parties: readonly PartySdl[]): boolean =>
  parties.some(({ sdl }) =>
    parse(sdl, { noLocation: true }).definitions.some(
      (definition) =>
        (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
        definition.name.value === 'Query' &&
        definition.fields?.some((field) => field.name.value === 'node' || field.name.value === 'nodes'),
    ),
  )
