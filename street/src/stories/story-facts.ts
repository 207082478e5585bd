import type { AnswerFact, MatterFacts } from '@commonhall/shared/matters'

import type { SuggestionStory } from './story.js'

/** The facts of a story in the form from which `stageOf` derives the stage; a read model loaded from the street starts with them. */
export const factsOf = (story: SuggestionStory): MatterFacts => {
  const triage = story.triages[story.triages.length - 1]
  const answers: AnswerFact[] = [
    ...story.caseHandlings.map(({ id, department, triage: triageId, verdict, reason, at, progress, questions, resolvedAt }): AnswerFact => {
      const open = questions.find(({ id: question }) => !story.answers.some((answer) => answer.question === question))
      const openQuestionUntil = open?.pausedUntil ?? null
      const hasProgress = progress.length > 0
      return {
        partyKind: 'GOVERNMENT',
        partyId: department,
        recordId: id,
        triageId,
        verdict,
        reason,
        at,
        hasProgress,
        openQuestionUntil,
        resolvedAt,
      }
    }),
    ...story.engagements.map(({ id, nonprofit, triage: triageId, verdict, reason, at, deliveredAt: resolvedAt }): AnswerFact => {
      const quiet = { hasProgress: false, openQuestionUntil: null }
      return { partyKind: 'NONPROFIT', partyId: nonprofit, recordId: id, triageId, verdict, reason, at, ...quiet, resolvedAt }
    }),
    ...story.committeeHandlings.map(({ id, committee, triage: triageId, at, resolvedAt }): AnswerFact => {
      const quiet = { hasProgress: false, openQuestionUntil: null }
      return {
        partyKind: 'COMMITTEE',
        partyId: committee,
        recordId: id,
        triageId,
        verdict: 'ACCEPTED',
        reason: null,
        at,
        ...quiet,
        resolvedAt,
      }
    }),
  ]
  return {
    withdrawnAt: story.withdrawnAt,
    mergedInto: story.mergedInto,
    triage: triage ? { triageId: triage.id, route: triage.route, at: triage.at, to: triage.to.map(({ id }) => id) } : null,
    conferenceCalledAt: story.conference?.convenedAt ?? null,
    answers,
    reopenedAt: story.reopenings.map(({ at }) => at),
    outcome: story.outcome,
  }
}
