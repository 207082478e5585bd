const mutation = (name, type, fields = 'id') =>
  `mutation ($input: ${name[0].toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) {
    __typename ... on Refusal { code message field } ... on ${type} { ${fields} } } }`

const ACTS = {
  submitSuggestion: mutation('submitSuggestion', 'Suggestion', 'id number stage'),
  triageSuggestion: mutation('triageSuggestion', 'Triage'),
  acceptCase: mutation('acceptCase', 'CaseHandling', 'id promise { state dueAt }'),
  reportProgress: mutation('reportProgress', 'CaseHandling'),
  resolveCase: mutation('resolveCase', 'CaseHandling', 'id resolvedAt'),
  rateOutcome: mutation('rateOutcome', 'Suggestion', 'id stage'),
}

const TEXTS = ['三号楼下的路灯坏了一周', '小区门口积水严重', '楼道里堆满杂物', '垃圾桶没有清运', '健身器材螺丝松动']

/**
 * submit → triage → accept → progress → resolve → rate; after each act every event reaches every party before the next begins.
 *
 * Events are delivered by the harness, which has every party look at its clock and its log until nothing is left: the statements of that
 * part are mostly such looks, which a running hub does by itself once in a few seconds.
 */
export const lifeAsActs = {
  key: 'life-acts',
  title: 'full life of a suggestion, six acts',
  goal: null,
  share: 0.15,
  prepare: ({ street }) => ({
    community: street.communities[0].id,
    officer: street.personas.officer.id,
    item: street.functionItems.find(({ owner, list }) => owner === street.personas.officer.id && list === 'BASIC').id,
  }),
  async run({ client, hub }, { community, officer, item }, index, phase = {}) {
    const spent = { total: 0, 'acts answered': 0, 'events delivered': 0 }
    const act = async (persona, name, input) => {
      phase.part = 'acts answered'
      const { ms, data } = await client.ask(ACTS[name], { input }, persona)
      phase.part = 'events delivered'
      const settlingMs = performance.now()
      // Twice: a delivery that a notification began ends uncounted during the first.
      await hub.settle()
      await hub.settle()
      spent['acts answered'] += ms
      spent['events delivered'] += performance.now() - settlingMs
      return data[name]
    }
    const text = `${TEXTS[index % TEXTS.length]}(${index})`
    const { id: suggestion } = await act('resident', 'submitSuggestion', { kind: 'COMPLAINT', text, community, channel: 'APP' })
    await act('cadre', 'triageSuggestion', { suggestion, route: 'GOVERNMENT', to: [officer], functionItem: item })
    const { id: handling } = await act('officer', 'acceptCase', { suggestion, promise: { days: 2, clock: 'WORKING', plan: '派人检修' } })
    await act('officer', 'reportProgress', { handling, text: '电工已到现场' })
    await act('officer', 'resolveCase', { handling, resolution: '已修复' })
    const { stage } = await act('resident', 'rateOutcome', { suggestion, resolved: true, score: 5, comment: '谢谢' })
    spent.total = spent['acts answered'] + spent['events delivered']
    if (stage !== 'SATISFIED') throw new Error(`the life ended at ${stage}`)
    return spent
  },
}
