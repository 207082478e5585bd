import { createHash } from 'node:crypto'

import { typeIdAt } from '@commonhall/shared/typeid'
import type { SuggestionStory } from '@commonhall/street'

import { CELL_ROLES } from '../capabilities/grid/index.js'

/** A round takes up to two hours; what people said is entered at its end. */
const LONGEST_ROUND_MS = 2 * 3_600_000

/**
 * The round of visits on which a suggestion of the channel VISIT was heard; null for the others.
 *
 * The street tells of what was heard, not of the rounds; so each round is derived from its suggestion, the same in every load.
 */
export const visitOf = (story: SuggestionStory): unknown[] | null => {
  if (story.channel !== 'VISIT') return null
  const digest = createHash('sha256').update(story.id).digest()
  const at = new Date(story.createdAt.getTime() - (digest.readUInt16BE(10) / 65_536) * LONGEST_ROUND_MS)
  const role = CELL_ROLES.find((one) => one === story.assent?.witness) ?? 'GRID_MEMBER'
  const households = 3 + ((digest[12] ?? 0) % 20)
  return [typeIdAt('vis', at.getTime(), digest), story.committee, story.community, story.cell, at, role, households]
}
