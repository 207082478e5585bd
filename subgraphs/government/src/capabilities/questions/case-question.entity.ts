import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity({ name: 'case_questions' })
export class CaseQuestionRow {
  @PrimaryColumn({ type: 'text' })
  id: string

  @Column({ type: 'text', name: 'owner_party_id' })
  ownerPartyId: string

  @Column({ type: 'text', name: 'handling_id' })
  handlingId: string

  @Column({ type: 'text' })
  text: string

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date

  @Column({ type: 'timestamptz', precision: 3, name: 'paused_until' })
  pausedUntil: Date

  @Column({ type: 'timestamptz', precision: 3, name: 'answered_at', nullable: true })
  answeredAt: Date | null
}
