import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity({ name: 'triages' })
export class TriageRow {
  @PrimaryColumn({ type: 'text' })
  id: string

  @Column({ type: 'text', name: 'owner_party_id' })
  ownerPartyId: string

  @Column({ type: 'text', name: 'suggestion_id' })
  suggestionId: string

  @Column({ type: 'text', name: 'community_id' })
  communityId: string

  @Column({ type: 'text' })
  channel: string

  @Column({ type: 'text' })
  route: string

  @Column({ type: 'text', array: true, name: 'to_kinds' })
  toKinds: string[]

  @Column({ type: 'text', array: true, name: 'to_ids' })
  toIds: string[]

  @Column({ type: 'text', name: 'function_item', nullable: true })
  functionItem: string | null

  @Column({ type: 'text', name: 'duplicate_of', nullable: true })
  duplicateOf: string | null

  @Column({ type: 'text', nullable: true })
  note: string | null

  @Column({ type: 'int' })
  round: number

  @Column({ type: 'text', nullable: true })
  supersedes: string | null

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date

  @Column({ type: 'timestamptz', name: 'answer_by', precision: 3 })
  answerBy: Date

  @Column({ type: 'int', name: 'minutes_to_triage', nullable: true })
  minutesToTriage: number | null
}
