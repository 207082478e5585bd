/** What of an operation is to be explained in `extensions.hub`. */
export interface ExplainParts {
  readonly plan: boolean
  readonly timings: boolean
  readonly cost: boolean
}

/** What the header `hub-explain` asks for: words separated by commas; words that mean nothing are passed over. Null: nothing. */
export const readExplain = (header: string | undefined): ExplainParts | null => {
  if (header === undefined) return null
  const words = new Set(
    header
      .slice(0, 200)
      .toLowerCase()
      .split(',')
      .map((word) => word.trim()),
  )
  const parts = { plan: words.has('plan'), timings: words.has('timings'), cost: words.has('cost') }
  return parts.plan || parts.timings || parts.cost ? parts : null
}
