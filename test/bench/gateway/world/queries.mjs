import { mixedDocuments } from './mixed.mjs'

const BIG = `query Big {
  communities {
    id name nameEn population households
    committee { name phone members { name role since } }
    funding(year: 2026) { grantedFen spentFen share }
    services { id title hours isOpen }
    desk(first: 6) {
      id title text place status submittedAt supporters
      author { id name since volunteerHours suggestions(first: 2) { id title status triage { outcome decidedAt } } }
      handler { name }
      triage { outcome decidedAt note duty { title basis dueDays department { name hotline } } }
      limit { dueAt isLate daysLeft }
      offers { id hours text organization { name purpose } }
      comments { id text at by { name volunteerHours } }
    }
  }
}`

const SMALL = `query Small($id: ID!) { suggestion(id: $id) { title status triage { outcome decidedAt } limit { dueAt isLate } } }`

const DASHBOARD = `query Dashboard($community: ID!, $year: Int!) {
  community(id: $community) {
    name population committee { name members { name role } } funding(year: $year) { grantedFen spentFen share }
    burden { forms hoursPerWeek meetings } services { title isOpen }
    desk(first: 4) { title status limit { dueAt isLate } triage { outcome duty { title dueDays } } author { name } }
  }
  departments(first: 3) { name hotline duties { title dueDays } }
  organizations(first: 4) { name services { title hours isOpen } }
  suggestions(first: 5) { id title status supporters handler { name } offers { hours organization { name } } }
}`

const request = (query, variables) => ({ query, ...(variables === undefined ? {} : { variables }) })

/** What is asked, by the name of the measured query: one request again and again, or a round of distinct documents. */
export const QUERIES = {
  big: [request(BIG)],
  small: [request(SMALL, { id: 'sug_0007' })],
  dashboard: [request(DASHBOARD, { community: 'com_0002', year: 2026 })],
  mixed: mixedDocuments(1000).map((query) => request(query)),
}
