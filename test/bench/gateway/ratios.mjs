/** The value at a share of sorted values, between two neighbours where it falls between them: rounds are few. */
const between = (sorted, share) => {
  const at = share * (sorted.length - 1)
  const below = sorted[Math.floor(at)]
  return below + (sorted[Math.ceil(at)] - below) * (at - Math.floor(at))
}

/** Median and quartiles of some values; null of none. */
export const spreadOf = (values) => {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  return { median: between(sorted, 0.5), low: between(sorted, 0.25), high: between(sorted, 0.75) }
}

/**
 * How many times better `ours` is than `peer`, paired by round: rounds in which both were measured give one ratio each. Less CPU is
 * better, more throughput is better. Null when they never met.
 */
export const ratioOf = (rows, { ours, peer, query, connections, of }) => {
  const find = (gateway, round) =>
    rows.find((row) => row.gateway === gateway && row.round === round && row.query === query && row.connections === connections)
  const rounds = [...new Set(rows.map(({ round }) => round))]
  const ratios = rounds.flatMap((round) => {
    const [mine, theirs] = [find(ours, round), find(peer, round)]
    if (mine === undefined || theirs === undefined) return []
    return [of === 'rps' ? mine.rps / theirs.rps : theirs[of] / mine[of]]
  })
  return spreadOf(ratios.filter(Number.isFinite))
}
