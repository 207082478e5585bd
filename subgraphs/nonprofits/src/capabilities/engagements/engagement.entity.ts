import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity({ name: 'engagements' })
export class EngagementRow {
  @PrimaryColumn({ type: 'text' })
  id: string

  @Column({ type: 'text', name: 'owner_party_id' })
  ownerPartyId: string

  @Column({ type: 'text', name: 'referral_id' })
  referralId: string

  @Column({ type: 'text', name: 'suggestion_id' })
  suggestionId: string

  @Column({ type: 'text', name: 'community_id' })
  communityId: string

  @Column({ type: 'text', name: 'triage_id' })
  triageId: string

  @Column({ type: 'text' })
  verdict: string

  @Column({ type: 'text', nullable: true })
  reason: string | null

  @Column({ type: 'text', nullable: true })
  note: string | null

  @Column({ type: 'timestamptz' })
  at: Date

  @Column({ type: 'jsonb', nullable: true })
  promise: object | null

  @Column({ type: 'timestamptz', name: 'first_due_at', nullable: true })
  firstDueAt: Date | null

  @Column({ type: 'timestamptz', name: 'due_at', nullable: true })
  dueAt: Date | null

  @Column({ type: 'timestamptz', name: 'kept_at', nullable: true })
  keptAt: Date | null

  @Column({ type: 'int', name: 'extension_count' })
  extensionCount: number

  @Column({ type: 'text', nullable: true })
  delivery: string | null

  @Column({ type: 'timestamptz', name: 'delivered_at', nullable: true })
  deliveredAt: Date | null

  @Column({ type: 'timestamptz', name: 'lapsed_at', nullable: true })
  lapsedAt: Date | null

  @Column({ type: 'text', name: 'lapsed_why', nullable: true })
  lapsedWhy: string | null

  @Column({ type: 'timestamptz', name: 'next_look_at', nullable: true })
  nextLookAt: Date | null
}
