import type { EventOf } from '@commonhall/shared/events'
import type { EventHandlers } from '@commonhall/shared/journal'
import type { Tx } from '@commonhall/shared/persistence'
import type { PartyProcess } from '@commonhall/shared/subgraph'

import { projectQuestion } from './capabilities/answers/case-answer.service.js'
import { projectCell } from './capabilities/cells/index.js'
import { projectCommunity, projectDepartment, projectNonprofit } from './capabilities/communities/index.js'
import { projectFunctionItem } from './capabilities/functions/index.js'
import { addUpTotals } from './capabilities/indicators/indicator.service.js'
import { finalizeMerges } from './capabilities/merging/final-merge.service.js'
import { projectMerge } from './capabilities/merging/merge.service.js'
import { expireWaiting, FACT_EVENTS, projectFact, type FactEventType } from './capabilities/stages/index.js'

/** What residents do on events of other parties: names, places and the function list are kept, facts about suggestions change stages. */
export const createHandlers = ({ clock }: PartyProcess): EventHandlers => {
  const fact = (tx: Tx, event: EventOf<FactEventType>): Promise<void> => projectFact(tx, clock, event)
  return {
    'committee.community.published': projectCommunity,
    'committee.cell.published': projectCell,
    'government.department.published': projectDepartment,
    'government.function.published': projectFunctionItem,
    'nonprofit.profile.registered': projectNonprofit,
    ...Object.fromEntries(FACT_EVENTS.map((type) => [type, fact])),
    'committee.suggestion.triaged': async (tx, event) => {
      await fact(tx, event)
      await projectMerge(tx, event)
    },
    'government.case.asked': async (tx, event) => {
      await projectQuestion(tx, event)
      await fact(tx, event)
    },
  }
}

/** What the passing of time does to suggestions; returns how many things it did. */
export const lookAtTheClock = async (process: PartyProcess): Promise<number> =>
  (await finalizeMerges(process)) + (await expireWaiting(process)) + (await addUpTotals(process))
