import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

@Entity({ name: 'progress_notes' })
export class ProgressNoteRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string

  @Column({ type: 'text', name: 'owner_party_id' })
  ownerPartyId: string

  @Column({ type: 'text', name: 'handling_id' })
  handlingId: string

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date

  @Column({ type: 'text' })
  text: string
}
