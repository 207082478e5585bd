import {
  isOpen,
  stageOf,
  type AnswerFact,
  type DeclineReason,
  type MatterFacts,
  type RouteKind,
  type SuggestionStage,
} from '@commonhall/shared/matters'

export type HandlerKind = 'GOVERNMENT' | 'COMMITTEE' | 'NONPROFIT'

/** What a handler wrote about an entry; instants are milliseconds, so that the kept JSON is small. */
export interface HandlingFact {
  readonly kind: HandlerKind
  readonly party: string
  /** Null while only a later fact of this handling has arrived. */
  readonly verdict: 'ACCEPTED' | 'DECLINED' | null
  readonly reason: DeclineReason | null
  readonly at: number
  readonly progress: boolean
  readonly dueAt: number | null
  readonly resolvedAt: number | null
}

/** What the other parties wrote about one entry, as their events told; kept as JSON. */
export interface ForeignFacts {
  /** The committee's latest triage. */
  readonly triage?: {
    readonly id: string
    readonly route: RouteKind
    readonly at: number
    readonly to: readonly string[]
    readonly answerBy: number
  }
  readonly conference?: number
  readonly handlings?: Readonly<Record<string, HandlingFact>>
  /** Questions by id: of which handling, end of the pause, and whether the author has answered. */
  readonly questions?: Readonly<Record<string, { readonly handling: string; readonly until: number; readonly answered: boolean }>>
}

/** What residents wrote themselves. */
export interface OwnFacts {
  readonly withdrawnAt: Date | null
  readonly mergedInto: string | null
  readonly reopenedAt: readonly Date[]
  readonly outcome: { readonly resolved: boolean; readonly at: Date } | null
}

/** What is derived of the facts, for reading and filtering. */
export interface DerivedMatter {
  readonly stage: SuggestionStage
  /** When the stage may change by the passing of time alone. */
  readonly stageUntil: Date | null
  /** The earliest limit that somebody still has to keep. */
  readonly limitAt: Date | null
  readonly resolvedAt: Date | null
}

const openQuestionUntil = (facts: ForeignFacts, handlingId: string): Date | null => {
  const open = Object.values(facts.questions ?? {}).filter((question) => question.handling === handlingId && !question.answered)
  return open.length === 0 ? null : new Date(Math.max(...open.map(({ until }) => until)))
}

/** The facts of all parties in the form that `stageOf` reads. A handling of which only a later fact has arrived does not count yet. */
export const matterFactsOf = (facts: ForeignFacts, own: OwnFacts): MatterFacts => ({
  ...own,
  triage: facts.triage === undefined ? null : { ...facts.triage, triageId: facts.triage.id, at: new Date(facts.triage.at) },
  conferenceCalledAt: facts.conference === undefined ? null : new Date(facts.conference),
  answers: Object.entries(facts.handlings ?? {}).flatMap(([recordId, handling]): AnswerFact[] =>
    handling.verdict === null
      ? []
      : [
          {
            partyKind: handling.kind,
            partyId: handling.party,
            recordId,
            triageId: null,
            verdict: handling.verdict,
            reason: handling.reason,
            at: new Date(handling.at),
            hasProgress: handling.progress,
            openQuestionUntil: openQuestionUntil(facts, recordId),
            resolvedAt: handling.resolvedAt === null ? null : new Date(handling.resolvedAt),
          },
        ],
  ),
})

/** Routes on which the committee itself owes the next step, so that nobody is named who would answer. */
const OWED_BY_COMMITTEE: ReadonlySet<RouteKind> = new Set(['SELF', 'JOINT_CONFERENCE'])

/** Whether somebody still owes an answer to the triage in force: a party it names, or the committee that kept the matter to itself. */
const isAnswerOwed = ({ triage, handlings }: ForeignFacts): boolean => {
  if (triage === undefined) return false
  const answered = Object.values(handlings ?? {}).filter(({ at }) => at >= triage.at)
  if (triage.to.length === 0) return OWED_BY_COMMITTEE.has(triage.route) && answered.length === 0
  return triage.to.some((party) => answered.every((one) => one.party !== party))
}

/** The earliest limit still to be kept: answers owed to the triage in force, and promises not yet kept. */
const earliestLimit = (facts: ForeignFacts): Date | null => {
  const promised = Object.values(facts.handlings ?? {}).flatMap((one) =>
    one.verdict === 'ACCEPTED' && one.resolvedAt === null && one.dueAt !== null ? [one.dueAt] : [],
  )
  const limits = [...(facts.triage !== undefined && isAnswerOwed(facts) ? [facts.triage.answerBy] : []), ...promised]
  return limits.length === 0 ? null : new Date(Math.min(...limits))
}

/**
 * Derives what lists show of a matter: stage, next limit, time of resolution. Pure: facts and instant decide alone.
 *
 * `resolvedBefore` is the time of an earlier full resolution; a reopening does not erase it, a later resolution replaces it.
 */
export const deriveMatter = (facts: ForeignFacts, own: OwnFacts, now: Date, resolvedBefore: Date | null): DerivedMatter => {
  const matter = matterFactsOf(facts, own)
  const stage = stageOf(matter, now)
  const pauses = stage === 'WAITING_FOR_RESIDENT' ? matter.answers.flatMap((answer) => answer.openQuestionUntil ?? []) : []
  const ahead = pauses.map((until) => until.getTime()).filter((until) => until > now.getTime())
  const isResolved = stage === 'RESOLVED' || stage === 'SATISFIED'
  const resolutions = isResolved ? matter.answers.flatMap((answer) => answer.resolvedAt?.getTime() ?? []) : []
  return {
    stage,
    stageUntil: ahead.length === 0 ? null : new Date(Math.min(...ahead)),
    limitAt: isOpen(stage) ? earliestLimit(facts) : null,
    resolvedAt: resolutions.length === 0 ? resolvedBefore : new Date(Math.max(...resolutions)),
  }
}

/** The parties that were addressed or answered: those whose staff handle the entry. */
export const partiesOf = (facts: ForeignFacts): string[] => [
  ...new Set([...(facts.triage?.to ?? []), ...Object.values(facts.handlings ?? {}).map(({ party }) => party)]),
]
