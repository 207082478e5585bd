import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity({ name: 'function_items' })
export class FunctionItemRow {
  @PrimaryColumn({ type: 'text' })
  id: string

  @Column({ type: 'text', name: 'owner_party_id' })
  ownerPartyId: string

  @Column({ type: 'text' })
  code: string

  @Column({ type: 'text', name: 'title_zh' })
  titleZh: string

  @Column({ type: 'text', name: 'title_en' })
  titleEn: string

  @Column({ type: 'text' })
  list: string

  @Column({ type: 'text', array: true })
  supporting: string[]

  @Column({ type: 'text', name: 'legal_basis' })
  legalBasis: string

  @Column({ type: 'int', name: 'respond_within_days' })
  respondWithinDays: number

  @Column({ type: 'int', name: 'resolve_within_days' })
  resolveWithinDays: number

  @Column({ type: 'text' })
  clock: string

  @Column({ type: 'text', array: true })
  keywords: string[]

  @Column({ type: 'date', name: 'valid_from' })
  validFrom: string

  @Column({ type: 'date', name: 'valid_until', nullable: true })
  validUntil: string | null
}
