import { CaseHandlingRow } from './capabilities/cases/case-handling.entity.js'
import { ProgressNoteRow } from './capabilities/cases/progress-note.entity.js'
import { FunctionItemRow } from './capabilities/functions/function-item.entity.js'
import { CaseQuestionRow } from './capabilities/questions/case-question.entity.js'
import { CreateFunctions20260105 } from './migrations/2026-01-05T10-00-00.create-functions.js'
import { CreateCases20260106 } from './migrations/2026-01-06T10-00-00.create-cases.js'
import { CreateResponsivenessTotals20260107 } from './migrations/2026-01-07T10-00-00.create-responsiveness-totals.js'

/** Every entity of the government, by name: no globs. */
export const ENTITIES = [FunctionItemRow, CaseHandlingRow, ProgressNoteRow, CaseQuestionRow]

/** Every migration, oldest first; append-only. */
export const MIGRATIONS = [CreateFunctions20260105, CreateCases20260106, CreateResponsivenessTotals20260107]
