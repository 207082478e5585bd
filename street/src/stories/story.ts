import type { Channel, DeclineReason, RouteKind, SuggestionKind, SuggestionStage, Verdict } from '@commonhall/shared/matters'
import type { PromiseRecord } from '@commonhall/shared/time'

import type { PartyKey, Point, Words } from '../model.js'

export type AssentForm = 'SIGNED' | 'SPOKEN_WITNESSED' | 'RECORDED_CALL' | 'DELEGATE'
export type { Channel, DeclineReason, RouteKind, SuggestionKind, SuggestionStage, Verdict }

/** The record every party keeps of a promise; an open question has a pause without `to`. */
export type StoryPromise = PromiseRecord

/** Committee's routing; `to` is empty for SELF, DUPLICATE and ANSWERED. A later one names the one it supersedes. */
export interface StoryTriage {
  readonly id: string
  readonly route: RouteKind
  readonly to: readonly PartyKey[]
  readonly functionItem: string | null
  readonly duplicateOf: string | null
  readonly note: string | null
  readonly supersedes: string | null
  readonly at: Date
  readonly answerBy: Date
}

/** The last stay on the committee's desk; `clearedAt` null: it is there now. `bounces` counts declines NOT_MY_FUNCTION so far. */
export interface StoryDesk {
  readonly id: string
  readonly arrivedAt: Date
  readonly triageBy: Date
  readonly bounces: number
  readonly clearedAt: Date | null
}

/** A place on a department's desk. `handling` is the answer, null while it waits. A reopening gives the same handler a new place. */
export interface StoryInboxItem {
  readonly id: string
  readonly department: string
  readonly triage: string
  readonly functionItem: string | null
  readonly arrivedAt: Date
  readonly answerBy: Date
  readonly handling: string | null
  readonly afterReopening: boolean
}

export interface StoryQuestion {
  readonly id: string
  readonly text: string
  readonly at: Date
  readonly pausedUntil: Date
}

/** A department's answer. ACCEPTED has a promise, DECLINED a reason and an explanation, NOT_MY_FUNCTION also `suggestedOwner`. */
export interface StoryCaseHandling {
  readonly id: string
  readonly department: string
  readonly inboxItem: string
  readonly triage: string
  readonly verdict: Verdict
  readonly reason: DeclineReason | null
  readonly explanation: string | null
  readonly suggestedOwner: string | null
  readonly promise: StoryPromise | null
  readonly progress: readonly { readonly at: Date; readonly text: string }[]
  readonly questions: readonly StoryQuestion[]
  readonly resolution: string | null
  readonly resolvedAt: Date | null
  readonly costFen: number | null
  readonly at: Date
}

/** A place on a nonprofit's desk; like `StoryInboxItem`. */
export interface StoryReferral {
  readonly id: string
  readonly nonprofit: string
  readonly triage: string
  readonly arrivedAt: Date
  readonly answerBy: Date
  readonly engagement: string | null
  readonly afterReopening: boolean
}

export interface StoryEngagement {
  readonly id: string
  readonly nonprofit: string
  readonly referral: string
  readonly triage: string
  readonly verdict: Verdict
  readonly reason: DeclineReason | null
  readonly note: string | null
  readonly promise: StoryPromise | null
  readonly delivery: string | null
  readonly deliveredAt: Date | null
  readonly at: Date
}

/** The committee's own handling after a triage SELF. */
export interface StoryCommitteeHandling {
  readonly id: string
  readonly committee: string
  readonly triage: string
  readonly promise: StoryPromise
  readonly resolution: string | null
  readonly resolvedAt: Date | null
  readonly at: Date
}

/** A prominent problem kept in the ledger. `dueOn` are local dates. */
export interface StoryLedgerEntry {
  readonly id: string
  readonly title: string
  readonly schedule: readonly { readonly id: string; readonly dueOn: string; readonly what: string; readonly doneAt: Date | null }[]
  readonly feedbackEveryDays: number
  readonly feedback: readonly { readonly at: Date; readonly channel: Channel; readonly text: string }[]
  readonly openedAt: Date
  readonly closedAt: Date | null
}

export interface StoryConference {
  readonly id: string
  readonly topic: string
  readonly convenedAt: Date
  /** When it is or was to be held. */
  readonly at: Date
  readonly invited: readonly PartyKey[]
  readonly calledByRule: boolean
  readonly heldAt: Date | null
}

/** One "me too". `movedFrom` names the merged entry from which the support came. */
export interface StorySupport {
  readonly resident: string
  readonly at: Date
  readonly movedFrom: string | null
}

/**
 * The whole life of one suggestion, as facts of the parties that wrote them; every instant is before the street's anchor,
 * only limits (`dueAt`, `answerBy`, `triageBy`, `pausedUntil`, a conference to come) may lie after it.
 */
export interface SuggestionStory {
  /** 0 is the oldest; stories come in the order of `createdAt`. */
  readonly index: number
  readonly id: string
  readonly number: string
  readonly kind: SuggestionKind
  readonly topic: string
  readonly text: Words
  /** The language it was written in; the other one is the hub's translation for the demo. */
  readonly language: 'zh' | 'en'
  readonly place: Point
  readonly address: string
  readonly community: string
  readonly committee: string
  readonly cell: string
  /** Null for an anonymous entry. */
  readonly author: string | null
  readonly channel: Channel
  readonly enteredBy: PartyKey | null
  readonly assent: { readonly form: AssentForm; readonly at: Date; readonly witness: string | null } | null
  readonly createdAt: Date
  /** The last fact of any party. */
  readonly updatedAt: Date
  /** What whoOwns would answer first. */
  readonly proposedItem: string
  readonly supporters: readonly StorySupport[]
  readonly desk: StoryDesk
  readonly triages: readonly StoryTriage[]
  readonly inbox: readonly StoryInboxItem[]
  readonly caseHandlings: readonly StoryCaseHandling[]
  readonly referrals: readonly StoryReferral[]
  readonly engagements: readonly StoryEngagement[]
  readonly committeeHandlings: readonly StoryCommitteeHandling[]
  readonly ledger: StoryLedgerEntry | null
  readonly conference: StoryConference | null
  readonly mergedInto: string | null
  readonly mergedAt: Date | null
  readonly withdrawnAt: Date | null
  readonly outcome: { readonly resolved: boolean; readonly score: number; readonly comment: string | null; readonly at: Date } | null
  readonly reopenings: readonly { readonly reason: string; readonly at: Date }[]
  readonly answers: readonly { readonly id: string; readonly question: string; readonly text: string; readonly at: Date }[]
  readonly stage: SuggestionStage
}
