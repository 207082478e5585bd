import { HubError } from '@commonhall/shared/errors'
import { parseGeoJson } from '@commonhall/shared/geo'
import { typeIdAt } from '@commonhall/shared/typeid'

import type { ResidentsContext } from '../../context.js'
import { LONGEST } from '../../text-rules.js'
import { findSimilarCandidates, type Suggestion } from '../suggestions/index.js'
import { mostSimilar } from './similar-text.js'

const RECENT_MS = 90 * 86_400_000
const MOST = 20

/**
 * Open entries of the last 90 days that are like a text, best first, so that a person supports one instead of writing another.
 *
 * Looks in the community of the place, else in the person's own, else in the whole street; at most 1,000 candidates, one
 * statement. Only texts that their authors cleared, and the person's own, are compared: likeness must not tell what a text says.
 */
export const similarSuggestions = async (context: ResidentsContext, text: string, place: unknown, first: number): Promise<Suggestion[]> => {
  if (text.length > LONGEST.text || text.includes('\u0000'))
    throw new HubError('INVALID_INPUT', { sentence: { zh: '文字过长或无效。', en: 'The text is too long or invalid.' } })
  if (text.trim() === '') return []
  const [me, grid] = await Promise.all([context.loaders.me(), context.grid(context.database.read)])
  const read = place === null || place === undefined ? null : parseGeoJson(place)
  const cell = read?.ok === true && read.geometry.type === 'Point' ? grid.cellAt(read.geometry.coordinates) : null
  const since = typeIdAt('sug', context.clock.now().getTime() - RECENT_MS, new Uint8Array(10))
  const candidates = await findSimilarCandidates(context.database.read, cell?.communityId ?? me?.communityId ?? null, me?.id ?? null, since)
  const ids = mostSimilar(text, cell?.id ?? null, candidates, Math.min(Math.max(first, 1), MOST))
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
