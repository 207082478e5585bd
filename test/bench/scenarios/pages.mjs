const PAGE_SIZE = 20
const FAR_PAGE = 200
const WALK_SIZE = 100

const DESK = `query ($committee: ID!, $filter: TriageDeskFilter, $first: Int!, $after: String) {
  page: triageDesk(committee: $committee, filter: $filter, first: $first, after: $after) {
    nodes { id state arrivedAt triageBy bounces
      suggestion { id number kind stage text supporters createdAt cell { id } }
      proposedItem { id code title owner { id name } } }
    pageInfo { hasNextPage endCursor } } }`
const DESK_CURSORS = `query ($committee: ID!, $filter: TriageDeskFilter, $first: Int!, $after: String) {
  page: triageDesk(committee: $committee, filter: $filter, first: $first, after: $after) { edges { cursor } pageInfo { hasNextPage endCursor } } }`
const LIST = `query ($first: Int!, $after: String) {
  page: suggestions(first: $first, after: $after) {
    nodes { id number kind stage supporters createdAt cell { id } community { id name } } pageInfo { hasNextPage endCursor } } }`
const LIST_CURSORS = `query ($first: Int!, $after: String) {
  page: suggestions(first: $first, after: $after) { edges { cursor } pageInfo { hasNextPage endCursor } } }`

const WAITING = null
const EVERYTHING = { states: ['WAITING', 'ROUTED', 'LEFT'] }

/** Pages through a list by its cursors and gives the place after `count` records, or after the last full page of a shorter list. */
const walk = async (ask, count, pageSize) => {
  let place = { after: null, seen: 0 }
  for (let after = null; place.seen < count;) {
    const { edges, pageInfo } = await ask(after, Math.min(WALK_SIZE, count - place.seen))
    const seen = place.seen + edges.length
    if (!pageInfo.hasNextPage || edges.length === 0) {
      // The list ends here: keep the last page that is whole.
      const whole = Math.floor((seen - 1) / pageSize) * pageSize
      const edge = edges[whole - place.seen - 1]
      return edge === undefined ? place : { after: edge.cursor, seen: whole }
    }
    after = pageInfo.endCursor
    place = { after, seen }
  }
  return place
}

const deskPage = ({ key, title, filter, pageSize, page }) => ({
  key,
  title,
  goal: 'page',
  async prepare({ street, client }) {
    const committee = street.personas.cadre.id
    const ask = async (after, first) => (await client.ask(DESK_CURSORS, { committee, filter, first, after }, 'cadre')).data.page
    const { after, seen } = await walk(ask, (page - 1) * pageSize, pageSize)
    return { variables: { committee, filter, first: pageSize, after }, note: page === 1 ? null : `page ${seen / pageSize + 1}` }
  },
  async run({ client }, { variables }) {
    const { ms, data } = await client.ask(DESK, variables, 'cadre')
    if (data.page.nodes.length === 0) throw new Error('the page is empty')
    return { total: ms }
  },
})

const listPage = ({ key, title, page }) => ({
  key,
  title,
  goal: 'page',
  async prepare({ client }) {
    const ask = async (after, first) => (await client.ask(LIST_CURSORS, { first, after })).data.page
    const { after, seen } = await walk(ask, (page - 1) * PAGE_SIZE, PAGE_SIZE)
    return { variables: { first: PAGE_SIZE, after }, note: page === 1 ? null : `page ${seen / PAGE_SIZE + 1}` }
  },
  async run({ client }, { variables }) {
    const { ms, data } = await client.ask(LIST, variables)
    if (data.page.nodes.length === 0) throw new Error('the page is empty')
    return { total: ms }
  },
})

/** A community's desk has some 3,300 places in three years, so its pages are of 10 where the 200th is asked for. */
const HISTORY_SIZE = 10

export const deskFirst = deskPage({
  key: 'desk-waiting-1',
  title: 'triage desk, waiting, page 1 of 20',
  filter: WAITING,
  pageSize: PAGE_SIZE,
  page: 1,
})
export const deskHistoryFirst = deskPage({
  key: 'desk-history-1',
  title: 'triage desk, whole history, page 1 of 10',
  filter: EVERYTHING,
  pageSize: HISTORY_SIZE,
  page: 1,
})
export const deskHistoryTwoHundredth = deskPage({
  key: 'desk-history-200',
  title: 'triage desk, whole history, page 200 of 10',
  filter: EVERYTHING,
  pageSize: HISTORY_SIZE,
  page: FAR_PAGE,
})
export const listFirst = listPage({ key: 'list-1', title: 'suggestions of the street, page 1 of 20', page: 1 })
export const listTwoHundredth = listPage({ key: 'list-200', title: 'suggestions of the street, page 200 of 20', page: FAR_PAGE })
