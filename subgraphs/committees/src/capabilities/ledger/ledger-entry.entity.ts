import { Column, Entity, PrimaryColumn } from 'typeorm'

// Schedule and feedback are parts of the entry: read, written and locked with it, and bounded in number.
@Entity({ name: 'ledger_entries' })
export class LedgerEntryRow {
  @PrimaryColumn({ type: 'text' })
  id: string

  @Column({ type: 'text', name: 'owner_party_id' })
  ownerPartyId: string

  @Column({ type: 'text', name: 'community_id' })
  communityId: string

  @Column({ type: 'text', name: 'suggestion_id', nullable: true })
  suggestionId: string | null

  @Column({ type: 'text' })
  title: string

  @Column({ type: 'jsonb', nullable: true })
  promise: object | null

  @Column({ type: 'int', name: 'feedback_every_days' })
  feedbackEveryDays: number

  @Column({ type: 'jsonb' })
  schedule: object[]

  @Column({ type: 'jsonb' })
  feedback: object[]

  @Column({ type: 'timestamptz', name: 'opened_at', precision: 3 })
  openedAt: Date

  @Column({ type: 'timestamptz', name: 'closed_at', precision: 3, nullable: true })
  closedAt: Date | null
}
