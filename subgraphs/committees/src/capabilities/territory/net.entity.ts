import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity({ name: 'nets' })
export class NetRow {
  @PrimaryColumn({ type: 'text' })
  id: string

  @Column({ type: 'text', name: 'owner_party_id' })
  ownerPartyId: string

  @Column({ type: 'text', name: 'community_id' })
  communityId: string

  @Column({ type: 'int' })
  number: number

  @Column({ type: 'jsonb', nullable: true })
  boundary: object | null

  @Column({ type: 'jsonb' })
  managers: object[]
}
