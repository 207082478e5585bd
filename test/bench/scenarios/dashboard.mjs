const PERIOD = { from: '2025-03-01', to: '2026-02-28' }

/** The indicators of a committee's dashboard, from four owners. */
const INDICATORS = `id name
  grid(period: $period) { cells staffedCells { value } visitedHouseholds { value } medianMinutesToTriage untriaged byChannel { channel count } }
  responsiveness(period: $period) { received responded { value numerator denominator formula } onTime { value } keptPromise { value } resolved { value } extended { value } bounced { value } declinedNotMine overdueNow }
  satisfaction(period: $period) { resolved { value suppressed formula } satisfied { value } reopened { value } }
  suggestionFunnel(period: $period) { stage count }
  openSuggestions { stage age count }
  nonprofitWork(period: $period) { registered active { value } handled }`

const ONE = `query ($id: ID!, $period: PeriodInput!) { community(id: $id) { ${INDICATORS} } }`
const ALL = `query ($period: PeriodInput!) { communities { ${INDICATORS} } }`

export const dashboardOfOne = {
  key: 'dashboard-one',
  title: 'dashboard of a community, one year',
  goal: 'indicator',
  prepare: ({ street }) => ({ ids: street.communities.map(({ id }) => id) }),
  async run({ client }, { ids }, index) {
    const { ms } = await client.ask(ONE, { id: ids[index % ids.length], period: PERIOD })
    return { total: ms }
  },
}

export const dashboardOfAll = {
  key: 'dashboard-all',
  title: 'dashboard of all nine communities',
  goal: 'indicator',
  share: 0.5,
  prepare: () => ({}),
  async run({ client }) {
    const { ms, data } = await client.ask(ALL, { period: PERIOD })
    if (data.communities.length !== 9) throw new Error(`expected nine communities, got ${data.communities.length}`)
    return { total: ms }
  },
}
