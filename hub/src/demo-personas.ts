import { pairwiseSubject, type ActorPost, type Role } from '@commonhall/shared/identity'
import { createStreet, type Personas } from '@commonhall/street'

import { DEMO_ISSUER } from './identity-provider/constants.js'
import { subjectOf, type Persona } from './identity-provider/personas.js'

interface Casting {
  readonly key: keyof Personas
  readonly name: string
  readonly zh: string
  readonly en: string
  readonly role: Role
}

const CAST: readonly Casting[] = [
  { key: 'resident', name: 'resident', zh: '居民', en: 'A resident of community 1', role: 'resident' },
  { key: 'neighbour', name: 'neighbour', zh: '邻居(同社区的另一位居民)', en: 'A neighbour in the same community', role: 'resident' },
  { key: 'clerk', name: 'clerk', zh: '社区受理员(第一社区居委会)', en: 'Clerk at the committee of community 1', role: 'clerk' },
  { key: 'cadre', name: 'cadre', zh: '社区干部(第一社区居委会)', en: 'Cadre of the committee of community 1', role: 'cadre' },
  { key: 'officer', name: 'officer', zh: '部门工作人员(城管)', en: 'Officer of the urban management department', role: 'officer' },
  { key: 'worker', name: 'worker', zh: '社会组织工作者', en: 'Worker of a non-profit organization', role: 'worker' },
  { key: 'auditor', name: 'auditor', zh: '审计员', en: 'Auditor', role: 'auditor' },
  { key: 'residentOfOther', name: 'resident-of-other', zh: '另一社区的居民', en: 'A resident of another community', role: 'resident' },
  { key: 'cadreOfOther', name: 'cadre-of-other', zh: '另一社区的干部', en: 'Cadre of another committee', role: 'cadre' },
  { key: 'officerOfOther', name: 'officer-of-other', zh: '另一部门的工作人员', en: 'Officer of another department', role: 'officer' },
  { key: 'workerOfOther', name: 'worker-of-other', zh: '另一社会组织的工作者', en: 'Worker of another organization', role: 'worker' },
]

/** The smallest street: the parties' ids are the same at every size and anchor, and it takes a few milliseconds. */
const SMALLEST = { anchor: new Date('2026-01-01T00:00:00Z'), scale: 0.005 }

/** The personas of the demo with their posts; the same on every machine. A resident's record is found by pseudonym, not by a claim. */
export const demoPersonas = (): readonly Persona[] => {
  const { personas } = createStreet(SMALLEST)
  return CAST.map(({ key, name, zh, en, role }) => {
    const party = personas[key]
    const posts: ActorPost[] = party === null || party.kind === 'RESIDENT' ? [] : [{ kind: party.kind, partyId: party.id, role }]
    return { name, title: { zh, en }, posts, isResident: role === 'resident', roles: role === 'auditor' ? [role] : [] }
  })
}

/** Persona of the street → the pseudonym under which the residents' party will meet that person. */
export const personaSubjects = (residentsKey: string): Record<string, string> =>
  Object.fromEntries(
    CAST.filter(({ role }) => role === 'resident').map((casting) => [
      casting.key,
      pairwiseSubject(residentsKey, DEMO_ISSUER, subjectOf(casting)),
    ]),
  )

/** The community in which most personas live and work. */
export const sampleCommunity = (): string => createStreet(SMALLEST).communities[0]?.id ?? ''
