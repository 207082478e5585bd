import type { FeatureFault } from './grid-file.js'

/** What became of a file: all of it was written, or nothing and why. */
export interface GridImport {
  /** Empty when nothing was written. */
  readonly id: string
  readonly ownerPartyId: string
  readonly communityId: string
  /** Features that brought something new. */
  readonly accepted: number
  /** Features that say what is known already. */
  readonly duplicates: number
  readonly rejected: readonly FeatureFault[]
  readonly at: Date
}
