import { CreateSuggestions20260105 } from './migrations/2026-01-05T10-00-00.create-suggestions.js'

/** Residents write by named statements alone, since every row names its own party; so there is no entity. */
export const ENTITIES = []

/** Every migration, oldest first; append-only. */
export const MIGRATIONS = [CreateSuggestions20260105]
