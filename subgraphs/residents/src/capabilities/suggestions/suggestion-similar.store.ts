import { isOpen, SUGGESTION_STAGES } from '@commonhall/shared/matters'
import { sql, type SqlReader } from '@commonhall/shared/persistence'

import type { Suggestion } from './suggestion.js'
import { SUGGESTION_COLUMNS } from './suggestion.store.js'

const OPEN_STAGES = SUGGESTION_STAGES.filter(isOpen)
const MOST_CANDIDATES = 1_000

const CANDIDATES = sql(
  'suggestions.similar_candidates',
  `select ${SUGGESTION_COLUMNS} from suggestions
   where ($1::text is null or community_id = $1) and id >= $3 and stage = any($4)
     and (public_text_cleared or ($2::text is not null and author_id = $2)) order by id desc limit ${MOST_CANDIDATES}`,
)

/** Open entries since an id whose text a reader may know, newest first, at most 1,000. Without a community: of the whole street. */
export const findSimilarCandidates = (
  reader: SqlReader,
  communityId: string | null,
  residentId: string | null,
  sinceId: string,
): Promise<Suggestion[]> => reader.rows<Suggestion>(CANDIDATES, [communityId, residentId, sinceId, OPEN_STAGES])
