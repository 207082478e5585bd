import type { World } from '../world.js'
import { abstractTypes } from './abstract-types.js'
import { awkwardEntities } from './awkward-entities.js'
import { earlyFederation } from './early-federation.js'
import { hidden } from './hidden.js'
import { interfaceObject } from './interface-object.js'
import { keys } from './keys.js'
import { override } from './override.js'
import { parentsAndParts } from './parents-and-parts.js'
import { provides } from './provides.js'
import { requires } from './requires.js'
import { typeMismatch } from './type-mismatch.js'
import { valueTypes } from './value-types.js'

/** Every world, in the order of their names in the folder. */
export const WORLDS: readonly World[] = [
  abstractTypes,
  awkwardEntities,
  earlyFederation,
  hidden,
  interfaceObject,
  keys,
  override,
  parentsAndParts,
  provides,
  requires,
  typeMismatch,
  valueTypes,
]
