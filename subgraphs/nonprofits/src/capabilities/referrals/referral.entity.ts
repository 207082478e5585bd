import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity({ name: 'referrals' })
export class ReferralRow {
  @PrimaryColumn({ type: 'text' })
  id: string

  @Column({ type: 'text', name: 'owner_party_id' })
  ownerPartyId: string

  @Column({ type: 'text', name: 'suggestion_id' })
  suggestionId: string

  @Column({ type: 'text', name: 'community_id' })
  communityId: string

  @Column({ type: 'text', name: 'triage_id' })
  triageId: string

  @Column({ type: 'int' })
  round: number

  @Column({ type: 'timestamptz', name: 'arrived_at' })
  arrivedAt: Date

  @Column({ type: 'timestamptz', name: 'answer_by' })
  answerBy: Date

  @Column({ type: 'text' })
  state: string

  @Column({ type: 'timestamptz', name: 'owed_by' })
  owedBy: Date

  @Column({ type: 'text', nullable: true })
  verdict: string | null

  @Column({ type: 'text', name: 'engagement_id', nullable: true })
  engagementId: string | null

  @Column({ type: 'text', name: 'closed_because', nullable: true })
  closedBecause: string | null
}
