import { FunctionItemRow } from './capabilities/functions/function-item.entity.js'
import { CreateFunctions20260105 } from './migrations/2026-01-05T10-00-00.create-functions.js'

/** Every entity of the government, by name: no globs. */
export const ENTITIES = [FunctionItemRow]

/** Every migration, oldest first; append-only. */
export const MIGRATIONS = [CreateFunctions20260105]
