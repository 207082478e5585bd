import { JointConferenceRow } from './capabilities/conferences/joint-conference.entity.js'
import { TriageItemRow } from './capabilities/desk/triage-item.entity.js'
import { CellManagerRow } from './capabilities/grid/cell-manager.entity.js'
import { VisitRow } from './capabilities/grid/visit.entity.js'
import { CommitteeHandlingRow } from './capabilities/handlings/committee-handling.entity.js'
import { LedgerEntryRow } from './capabilities/ledger/ledger-entry.entity.js'
import { NetRow } from './capabilities/territory/net.entity.js'
import { TriageRow } from './capabilities/triage/triage.entity.js'
import { CreateCommittees20260105 } from './migrations/2026-01-05T10-00-00.create-committees.js'
import { CreateGridTotals20260106 } from './migrations/2026-01-06T10-00-00.create-grid-totals.js'
import { IndexTriageItems20260108 } from './migrations/2026-01-08T10-00-00.index-triage-items.js'

/** Every entity of the committees, by name: no globs. */
export const ENTITIES = [
  NetRow,
  CellManagerRow,
  VisitRow,
  TriageItemRow,
  TriageRow,
  JointConferenceRow,
  CommitteeHandlingRow,
  LedgerEntryRow,
]

/** Every migration, oldest first; append-only. */
export const MIGRATIONS = [CreateCommittees20260105, CreateGridTotals20260106, IndexTriageItems20260108]
