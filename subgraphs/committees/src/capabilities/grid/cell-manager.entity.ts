import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

@Entity({ name: 'cell_managers' })
export class CellManagerRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string

  @Column({ type: 'text', name: 'owner_party_id' })
  ownerPartyId: string

  @Column({ type: 'text', name: 'cell_id' })
  cellId: string

  @Column({ type: 'text' })
  role: string

  @Column({ type: 'text' })
  holder: string

  @Column({ type: 'date' })
  since: string

  @Column({ type: 'date', nullable: true })
  until: string | null
}
