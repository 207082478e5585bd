const WHOLE_LIFE = `query ($id: ID!) { suggestion(id: $id) {
  id number kind stage supporters mergedInto { id }
  timeline { at type party { kind id name } }
  community { id name committee { id name } }
  outcome { resolved score }
  triage { route functionItem { code title owner { name } } to { __typename id name } }
  triageHistory { route }
  committeeHandling { promise { state } resolvedAt }
  ledgerEntry { light schedule { what doneAt } feedback { text } }
  conference { id calledByRule }
  caseHandlings { verdict reason department { name } promise { state dueAt extensions { why } pauses { from to } } progress { text } questions { text } resolution resolvedAt }
  engagements { verdict by { name } promise { state } deliveredAt }
} }`

const SAMPLED = 97

/** Matters that went to somebody, spread evenly over the three years. */
const sampleOf = (street) => {
  const { suggestions } = street.manifest.counts
  const ids = []
  for (let step = 0; step < SAMPLED; step++) {
    const story = street.suggestion(Math.floor((step * suggestions) / SAMPLED))
    if (story.triages.length > 0) ids.push(story.id)
  }
  return ids
}

/** What anybody sees of one matter: all four owners in one query. */
export const wholeLife = {
  key: 'life-read',
  title: 'whole life of a suggestion, read',
  goal: 'page',
  prepare: ({ street }) => ({ ids: sampleOf(street) }),
  async run({ client }, { ids }, index) {
    const { ms, data } = await client.ask(WHOLE_LIFE, { id: ids[index % ids.length] })
    if (data.suggestion === null) throw new Error('the suggestion is gone')
    return { total: ms }
  },
}
