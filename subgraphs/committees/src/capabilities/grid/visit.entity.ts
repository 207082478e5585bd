import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity({ name: 'visits' })
export class VisitRow {
  @PrimaryColumn({ type: 'text' })
  id: string

  @Column({ type: 'text', name: 'owner_party_id' })
  ownerPartyId: string

  @Column({ type: 'text', name: 'community_id' })
  communityId: string

  @Column({ type: 'text', name: 'cell_id' })
  cellId: string

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date

  @Column({ type: 'text', name: 'by_role' })
  byRole: string

  @Column({ type: 'int' })
  households: number

  @Column({ type: 'text', nullable: true })
  note: string | null
}
