import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity({ name: 'triage_items' })
export class TriageItemRow {
  @PrimaryColumn({ type: 'text' })
  id: string

  @Column({ type: 'text', name: 'owner_party_id' })
  ownerPartyId: string

  @Column({ type: 'text', name: 'suggestion_id' })
  suggestionId: string

  @Column({ type: 'text', name: 'cell_id', nullable: true })
  cellId: string | null

  @Column({ type: 'text' })
  kind: string

  @Column({ type: 'text' })
  state: string

  @Column({ type: 'timestamptz', name: 'arrived_at', precision: 3 })
  arrivedAt: Date

  @Column({ type: 'timestamptz', name: 'triage_by', precision: 3 })
  triageBy: Date

  @Column({ type: 'int' })
  bounces: number

  @Column({ type: 'text', name: 'proposed_item', nullable: true })
  proposedItem: string | null

  @Column({ type: 'timestamptz', name: 'closed_at', precision: 3, nullable: true })
  closedAt: Date | null
}
