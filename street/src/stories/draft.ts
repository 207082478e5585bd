import { Chance, entityId } from '../chance.js'
import type { StreetClock } from '../clock.js'
import type { Department, FunctionItem, Nonprofit, PartyKey } from '../model.js'
import type { Territory } from '../place/territory.js'
import type { Skeleton } from './skeleton.js'
import type {
  StoryCaseHandling,
  StoryCommitteeHandling,
  StoryConference,
  StoryEngagement,
  StoryInboxItem,
  StoryLedgerEntry,
  StoryReferral,
  StoryTriage,
  SuggestionStory,
} from './story.js'
import { phrase, type Phrase } from './wording.js'

/** What every story stands on: the street's parties, clock and "today". */
export interface Stage {
  readonly seed: number
  readonly startMs: number
  readonly anchorMs: number
  readonly clock: StreetClock
  readonly territory: Territory
  readonly departments: readonly Department[]
  readonly functionItems: readonly FunctionItem[]
  readonly nonprofits: readonly Nonprofit[]
}

/** A story being told: facts are appended in the order of time. */
export class Draft {
  readonly chance: Chance
  readonly language: 'zh' | 'en'
  readonly item: FunctionItem
  readonly committee: string
  /** 0 at the beginning of the three years, 1 today: everything gets a little faster. */
  readonly progressOfYears: number
  readonly triages: StoryTriage[] = []
  readonly inbox: StoryInboxItem[] = []
  readonly caseHandlings: StoryCaseHandling[] = []
  readonly referrals: StoryReferral[] = []
  readonly engagements: StoryEngagement[] = []
  readonly committeeHandlings: StoryCommitteeHandling[] = []
  readonly answers: SuggestionStory['answers'][number][] = []
  readonly reopenings: SuggestionStory['reopenings'][number][] = []
  ledger: StoryLedgerEntry | null = null
  conference: StoryConference | null = null
  outcome: SuggestionStory['outcome'] = null
  withdrawnAt: Date | null = null
  mergedAt: Date | null = null
  bounces = 0
  deskArrivedMs: number
  /** The last instant told so far. */
  nowMs: number
  private latestMs: number
  private subs = 0

  constructor(
    readonly stage: Stage,
    readonly skeleton: Skeleton,
  ) {
    const { seed, startMs, anchorMs, functionItems, territory } = stage
    this.chance = new Chance(seed, 44, skeleton.index)
    this.language = this.chance.may(0.15) ? 'en' : 'zh'
    this.nowMs = this.latestMs = this.deskArrivedMs = skeleton.createdMs
    this.progressOfYears = (skeleton.createdMs - startMs) / (anchorMs - startMs)
    const item = functionItems[skeleton.topicIndex]
    if (!item) throw new Error('every topic has a function item')
    this.item = item
    this.committee = territory.communities[skeleton.communityIndex]?.committee.id ?? ''
  }

  /** How much longer or shorter things take than on average: from 1.25 down to 0.8. */
  get pace(): number {
    return 1.25 - 0.45 * this.progressOfYears
  }

  /** A fresh id for a record of this story made at an instant. */
  id(prefix: string, atMs: number): string {
    return entityId(this.stage.seed, prefix, atMs, this.skeleton.index, ++this.subs)
  }

  say(kind: Phrase, nth?: number): string {
    return phrase(kind, this.language, this.chance, nth)
  }

  /** Remembers that something happened, so that `updatedAt` is the last fact of all. */
  told(atMs: number): number {
    if (atMs > this.latestMs) this.latestMs = atMs
    return atMs
  }

  get updatedMs(): number {
    return this.latestMs
  }

  /** Moves time on by about `deltaMs` into office hours; never reaches the anchor, so late stories get shorter steps. */
  office(deltaMs: number): number {
    const wished = this.stage.clock.inOffice(Math.floor(this.nowMs + deltaMs))
    return this.moveTo(wished)
  }

  /** Moves time on by about `deltaMs`, at any hour. */
  later(deltaMs: number): number {
    return this.moveTo(Math.floor(this.nowMs + deltaMs))
  }

  private moveTo(wishedMs: number): number {
    const { anchorMs } = this.stage
    const left = anchorMs - this.nowMs
    this.nowMs = wishedMs < anchorMs ? wishedMs : Math.floor(this.nowMs + left * this.chance.between(0.2, 0.5))
    return this.told(this.nowMs)
  }

  triage(
    route: StoryTriage['route'],
    to: readonly PartyKey[],
    functionItem: FunctionItem | null,
    note: string | null = null,
    duplicateOf: string | null = null,
  ): StoryTriage {
    const { clock } = this.stage
    const respond = functionItem ? functionItem.respondWithin : 5
    const made: StoryTriage = {
      id: this.id('trg', this.nowMs),
      route,
      to,
      functionItem: functionItem?.id ?? null,
      duplicateOf,
      note,
      supersedes: this.triages[this.triages.length - 1]?.id ?? null,
      at: new Date(this.nowMs),
      answerBy: new Date(clock.limit(this.nowMs, respond, functionItem?.clock ?? 'WORKING')),
    }
    this.triages.push(made)
    return made
  }
}
