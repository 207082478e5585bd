import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity({ name: 'joint_conferences' })
export class JointConferenceRow {
  @PrimaryColumn({ type: 'text' })
  id: string

  @Column({ type: 'text', name: 'owner_party_id' })
  ownerPartyId: string

  @Column({ type: 'text', name: 'suggestion_id' })
  suggestionId: string

  @Column({ type: 'text', name: 'triage_id' })
  triageId: string

  @Column({ type: 'boolean', name: 'called_by_rule' })
  calledByRule: boolean

  @Column({ type: 'int' })
  bounces: number

  @Column({ type: 'timestamptz', name: 'convened_at', precision: 3 })
  convenedAt: Date

  @Column({ type: 'timestamptz', name: 'hold_by', precision: 3 })
  holdBy: Date
}
