const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])\n'

const RESIDENTS = `
type Query {
  suggestions(first: Int = 10): [Suggestion!]!
  suggestion(id: ID!): Suggestion
  resident(id: ID!): Resident
}
enum Status { SUBMITTED ACCEPTED IN_PROGRESS RESOLVED }
type Suggestion @key(fields: "id") {
  id: ID! title: String! text: String! place: String! status: Status! submittedAt: String! supporters: Int!
  author: Resident community: Community comments(first: Int = 3): [Comment!]!
}
type Comment { id: ID! text: String! at: String! by: Resident }
type Resident @key(fields: "id") { id: ID! name: String! since: String! suggestions(first: Int = 2): [Suggestion!]! community: Community }
type Community @key(fields: "id") { id: ID! population: Int! households: Int! }
`

const COMMITTEES = `
type Query { communities: [Community!]! community(id: ID!): Community }
type Community @key(fields: "id") { id: ID! name: String! nameEn: String! committee: Committee! desk(first: Int = 5): [Suggestion!]! }
type Committee @key(fields: "id") { id: ID! name: String! phone: String! members: [Member!]! }
type Member { name: String! role: String! since: String! }
type Suggestion @key(fields: "id") { id: ID! triage: Triage handler: Committee }
type Triage { outcome: String! decidedAt: String! note: String! duty: Duty }
type Duty @key(fields: "id") { id: ID! }
`

const GOVERNMENT = `
type Query { departments(first: Int = 6): [Department!]! }
type Department @key(fields: "id") { id: ID! name: String! nameEn: String! hotline: String! duties: [Duty!]! }
type Duty @key(fields: "id") { id: ID! title: String! basis: String! dueDays: Int! department: Department! }
type Suggestion @key(fields: "id") { id: ID! limit: Limit }
type Limit { dueAt: String! isLate: Boolean! daysLeft: Int! }
type Community @key(fields: "id") { id: ID! funding(year: Int = 2026): Funding! burden: Burden! }
type Funding { year: Int! grantedFen: Int! spentFen: Int! share: Float! }
type Burden { forms: Int! hoursPerWeek: Float! meetings: Int! }
`

const NONPROFITS = `
type Query { organizations(first: Int = 6): [Organization!]! }
type Organization @key(fields: "id") { id: ID! name: String! purpose: String! services: [Service!]! }
type Service { id: ID! title: String! hours: Int! isOpen: Boolean! }
type Offer { id: ID! hours: Int! text: String! organization: Organization! }
type Suggestion @key(fields: "id") { id: ID! offers: [Offer!]! }
type Resident @key(fields: "id") { id: ID! volunteerHours: Int! skills: [String!]! }
type Community @key(fields: "id") { id: ID! services: [Service!]! }
`

/** The four parties of the measured world and their schemas, in the order in which they are composed. */
export const PARTIES = [
  { name: 'committees', sdl: LINK + COMMITTEES },
  { name: 'government', sdl: LINK + GOVERNMENT },
  { name: 'nonprofits', sdl: LINK + NONPROFITS },
  { name: 'residents', sdl: LINK + RESIDENTS },
]
