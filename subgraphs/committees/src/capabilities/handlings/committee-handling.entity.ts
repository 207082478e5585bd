import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity({ name: 'committee_handlings' })
export class CommitteeHandlingRow {
  @PrimaryColumn({ type: 'text' })
  id: string

  @Column({ type: 'text', name: 'owner_party_id' })
  ownerPartyId: string

  @Column({ type: 'text', name: 'suggestion_id' })
  suggestionId: string

  @Column({ type: 'text', name: 'triage_id' })
  triageId: string

  @Column({ type: 'jsonb' })
  promise: object

  @Column({ type: 'timestamptz', name: 'warn_at', precision: 3 })
  warnAt: Date

  @Column({ type: 'timestamptz', name: 'due_at', precision: 3 })
  dueAt: Date

  @Column({ type: 'text', nullable: true })
  resolution: string | null

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date

  @Column({ type: 'timestamptz', name: 'resolved_at', precision: 3, nullable: true })
  resolvedAt: Date | null
}
