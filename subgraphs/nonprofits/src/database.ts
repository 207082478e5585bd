import { EngagementRow } from './capabilities/engagements/engagement.entity.js'
import { CreateNonprofits20260105 } from './migrations/2026-01-05T10-00-00.create-nonprofits.js'
import { CreateWorkTotals20260106 } from './migrations/2026-01-06T10-00-00.create-work-totals.js'

/** Every entity of the nonprofits, by name: no globs. */
export const ENTITIES = [EngagementRow]

/** Every migration, oldest first; append-only. */
export const MIGRATIONS = [CreateNonprofits20260105, CreateWorkTotals20260106]
