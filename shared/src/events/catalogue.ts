import type { PartyKind } from '../identity/index.js'
import type { SubgraphName } from '../port/index.js'

/** A public name in both languages. */
export interface LocalizedName {
  readonly zh: string
  readonly en: string
}

interface PromiseDates {
  readonly firstDueAt: string
  readonly dueAt: string
}

interface CaseKeys {
  readonly suggestion: string
  readonly handling: string
}

/**
 * What the parties tell each other: event type → keys and public fields. Personal data never travels here; who needs it
 * reads it from its owner. Instants are ISO 8601. The type is `<party>.<noun>.<verb in the past>`.
 */
export interface EventPayloads {
  'resident.profile.registered': { resident: string; community: string }
  'resident.suggestion.submitted': {
    suggestion: string
    number: string
    kind: string
    community: string
    cell: string | null
    channel: string
    anonymous: boolean
    createdAt: string
    /** First answer of the function list to the text; the text itself stays with its owner. */
    proposedItem: string | null
  }
  'resident.suggestion.supported': { suggestion: string; supporters: number }
  'resident.suggestion.unsupported': { suggestion: string; supporters: number }
  'resident.suggestion.withdrawn': { suggestion: string; at: string }
  'resident.suggestion.merged': { suggestion: string; into: string; at: string }
  'resident.suggestion.merge_contested': { suggestion: string; into: string; at: string }
  'resident.suggestion.rated': { suggestion: string; resolved: boolean; score: number; at: string }
  /** `toDesk`: a second reopening goes back to the committee; otherwise the same handlers get a new answer limit. */
  'resident.suggestion.reopened': { suggestion: string; count: number; toDesk: boolean; at: string }
  'resident.suggestion.stage_changed': { suggestion: string; from: string; to: string; at: string }
  'resident.case.answered': { suggestion: string; question: string; answer: string; at: string }

  'committee.community.published': {
    community: string
    number: number
    name: LocalizedName
    committee: string
    committeeName: LocalizedName
    timeZone: string
    rules: { reopenWithinDays: number; maxExtensions: number; bouncesToConference: number; smallestGroup: number }
  }
  'committee.cell.published': { cell: string; net: string; community: string; number: number; boundary: unknown }
  'committee.cell.assigned': { cell: string; role: string }
  'committee.cell.unassigned': { cell: string; role: string }
  'committee.visit.recorded': { visit: string; cell: string }
  'committee.suggestion.triaged': {
    suggestion: string
    triage: string
    committee: string
    community: string
    route: string
    to: ReadonlyArray<{ kind: PartyKind; id: string }>
    functionItem: string | null
    duplicateOf: string | null
    answerBy: string
    bounces: number
    at: string
  }
  'committee.suggestion.triage_overdue': { suggestion: string; committee: string }
  'committee.conference.convened': {
    suggestion: string
    conference: string
    committee: string
    calledByRule: boolean
    holdBy: string
    at: string
  }
  'committee.case.taken': CaseKeys & PromiseDates & { committee: string; at: string }
  'committee.case.extended': CaseKeys & PromiseDates & { committee: string; at: string }
  'committee.case.promise_due': CaseKeys & PromiseDates & { committee: string }
  'committee.case.promise_broken': CaseKeys & PromiseDates & { committee: string }
  'committee.case.finished': CaseKeys & { committee: string; at: string }
  'committee.ledger.opened': { entry: string; suggestion: string | null; community: string; at: string }
  'committee.ledger.scheduled': { entry: string; suggestion: string | null; step: string; dueOn: string }
  'committee.ledger.step_completed': { entry: string; suggestion: string | null; step: string; at: string }
  'committee.ledger.fed_back': { entry: string; suggestion: string | null; at: string }
  'committee.ledger.closed': { entry: string; suggestion: string | null; at: string }

  'government.department.published': { department: string; code: string; name: LocalizedName }
  'government.function.published': {
    item: string
    code: string
    title: LocalizedName
    list: 'BASIC' | 'COOPERATIVE' | 'TAKEN_BACK'
    owner: string
    ownerName: LocalizedName
    respondWithin: number
    resolveWithin: number
    clock: 'CALENDAR' | 'WORKING'
    keywords: readonly string[]
  }
  'government.case.accepted': CaseKeys & PromiseDates & { department: string; at: string }
  'government.case.declined': CaseKeys & { department: string; reason: string; suggestedOwner: string | null; at: string }
  'government.case.reported': CaseKeys & { department: string; at: string }
  /** The limits are those of the pause: what counts if no answer comes. */
  'government.case.asked': CaseKeys & PromiseDates & { department: string; question: string; pausedUntil: string; at: string }
  /** The requester answered in time and the days left were counted anew. */
  'government.case.resumed': CaseKeys & PromiseDates & { department: string; question: string; at: string }
  'government.case.extended': CaseKeys & PromiseDates & { department: string; at: string }
  'government.case.promise_due': CaseKeys & PromiseDates & { department: string }
  'government.case.promise_broken': CaseKeys & PromiseDates & { department: string }
  'government.case.resolved': CaseKeys & { department: string; at: string }

  'nonprofit.profile.registered': { nonprofit: string; name: LocalizedName; form: string }
  'nonprofit.referral.accepted': CaseKeys & PromiseDates & { nonprofit: string; referral: string; at: string }
  'nonprofit.referral.declined': CaseKeys & { nonprofit: string; referral: string; reason: string; at: string }
  'nonprofit.referral.extended': CaseKeys & PromiseDates & { nonprofit: string; at: string }
  'nonprofit.referral.promise_due': CaseKeys & PromiseDates & { nonprofit: string }
  'nonprofit.referral.promise_broken': CaseKeys & PromiseDates & { nonprofit: string }
  'nonprofit.referral.delivered': CaseKeys & { nonprofit: string; at: string }
}

export type EventType = keyof EventPayloads

/** Who speaks in events whose type begins so; nobody else's word on them counts. */
export const SPEAKERS = {
  government: 'government',
  committee: 'committees',
  nonprofit: 'nonprofits',
  resident: 'residents',
} as const satisfies Record<string, SubgraphName>

/** Whether an event is of the party whose matter it is. The hub's log refuses any other, and consumers pass one over. */
export const isOwnMatter = (event: { readonly type: string; readonly source: string }): boolean =>
  Object.entries(SPEAKERS).some(([speaker, source]) => event.source === source && event.type.startsWith(`${speaker}.`))

/** One event of the hub's log. `id` is the journal row's id; `subject` is the record whose events stay in order. */
export interface HubEvent<T extends EventType = EventType> {
  readonly position: number
  readonly id: string
  readonly type: T
  readonly subject: string
  readonly source: string
  readonly partyId: string
  readonly at: string
  readonly data: EventPayloads[T]
}

/** The events of one type, with their payload typed. */
export type EventOf<T extends EventType> = HubEvent<T>
