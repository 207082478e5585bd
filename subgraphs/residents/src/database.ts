import { CreateSuggestions20260105 } from './migrations/2026-01-05T10-00-00.create-suggestions.js'
import { CreateCommunityDays20260108 } from './migrations/2026-01-08T10-00-00.create-community-days.js'
import { CreateImportedRecords20260107 } from './migrations/2026-01-07T10-00-00.create-imported-records.js'
import { CreateSuggestionTotals20260109 } from './migrations/2026-01-09T10-00-00.create-suggestion-totals.js'

/** Residents write by named statements alone, since every row names its own party; so there is no entity. */
export const ENTITIES = []

/** Every migration, oldest first; append-only. */
export const MIGRATIONS = [
  CreateSuggestions20260105,
  CreateImportedRecords20260107,
  CreateCommunityDays20260108,
  CreateSuggestionTotals20260109,
]
