import type { World } from '../world.js'
import { abstractTypes } from './abstract-types.js'
import { actsAndEvents } from './acts-and-events.js'
import { awkwardEntities } from './awkward-entities.js'
import { earlyFederation } from './early-federation.js'
import { externalExtensions } from './external-extensions.js'
import { hidden } from './hidden.js'
import { interfaceObject } from './interface-object.js'
import { keys } from './keys.js'
import { mismatchedMembers } from './mismatched-members.js'
import { nodeIds } from './node-ids.js'
import { nullsOnTheWay } from './nulls-on-the-way.js'
import { onlyWhatWasAsked } from './only-what-was-asked.js'
import { override } from './override.js'
import { parentsAndParts } from './parents-and-parts.js'
import { partialUnions } from './partial-unions.js'
import { provides } from './provides.js'
import { requirementsInCircles } from './requirements-in-circles.js'
import { requires } from './requires.js'
import { typeMismatch } from './type-mismatch.js'
import { valueTypes } from './value-types.js'

/** Every world, in the order of their names in the folder. */
export const WORLDS: readonly World[] = [
  abstractTypes,
  actsAndEvents,
  awkwardEntities,
  earlyFederation,
  externalExtensions,
  hidden,
  interfaceObject,
  keys,
  mismatchedMembers,
  nodeIds,
  nullsOnTheWay,
  onlyWhatWasAsked,
  override,
  parentsAndParts,
  partialUnions,
  provides,
  requirementsInCircles,
  requires,
  typeMismatch,
  valueTypes,
]
