/** A department or business unit of the street. It is a party: rows of the government belong to one of them. */
export interface Department {
  readonly id: string
  readonly code: string
  readonly nameZh: string
  readonly nameEn: string
  readonly businessUnit: boolean
}
