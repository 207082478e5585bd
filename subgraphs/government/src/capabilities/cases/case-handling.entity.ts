import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity({ name: 'case_handlings' })
export class CaseHandlingRow {
  @PrimaryColumn({ type: 'text' })
  id: string

  @Column({ type: 'text', name: 'owner_party_id' })
  ownerPartyId: string

  @Column({ type: 'text', name: 'suggestion_id' })
  suggestionId: string

  @Column({ type: 'text', name: 'community_id' })
  communityId: string

  @Column({ type: 'text', name: 'inbox_item_id' })
  inboxItemId: string

  @Column({ type: 'text', name: 'triage_id' })
  triageId: string

  @Column({ type: 'text' })
  verdict: string

  @Column({ type: 'text', nullable: true })
  reason: string | null

  @Column({ type: 'text', nullable: true })
  explanation: string | null

  @Column({ type: 'text', name: 'suggested_owner_id', nullable: true })
  suggestedOwnerId: string | null

  @Column({ type: 'jsonb', nullable: true })
  promise: object | null

  @Column({ type: 'timestamptz', precision: 3, name: 'first_due_at', nullable: true })
  firstDueAt: Date | null

  @Column({ type: 'timestamptz', precision: 3, name: 'due_at', nullable: true })
  dueAt: Date | null

  @Column({ type: 'timestamptz', precision: 3, name: 'kept_at', nullable: true })
  keptAt: Date | null

  @Column({ type: 'int', name: 'extension_count' })
  extensionCount: number

  @Column({ type: 'text', nullable: true })
  resolution: string | null

  @Column({ type: 'timestamptz', precision: 3, name: 'resolved_at', nullable: true })
  resolvedAt: Date | null

  @Column({ type: 'numeric', name: 'cost_amount', nullable: true })
  costAmount: string | null

  @Column({ type: 'text', name: 'cost_currency', nullable: true })
  costCurrency: string | null

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date

  @Column({ type: 'timestamptz', precision: 3, name: 'lapsed_at', nullable: true })
  lapsedAt: Date | null

  @Column({ type: 'text', name: 'lapsed_why', nullable: true })
  lapsedWhy: string | null

  @Column({ type: 'timestamptz', precision: 3, name: 'due_told_for', nullable: true })
  dueToldFor: Date | null

  @Column({ type: 'timestamptz', precision: 3, name: 'broken_told_for', nullable: true })
  brokenToldFor: Date | null

  @Column({ type: 'timestamptz', precision: 3, name: 'watch_at', nullable: true })
  watchAt: Date | null
}
