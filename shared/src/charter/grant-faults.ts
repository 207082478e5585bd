import { charterFaults } from './faults.js'
import type { CharterFault } from './faults.js'
import { allowedBy } from './grants.js'
import type { Bilingual, Grant, PartyCharter } from './model.js'

/** Whether the grantor can speak for a coordinate: its own type or root field, or a type to which it is allowed to add fields. */
function maySpeakFor(coordinate: string, grantor: PartyCharter, parties: readonly PartyCharter[]): boolean {
  const [type = '', member = ''] = coordinate.split(/[.(]/)
  if (type === 'Query') return grantor.queries.has(member)
  if (type === 'Subscription') return grantor.subscriptions.has(member)
  if (type === 'Mutation') return grantor.acts.some(({ mutation }) => mutation === member)
  if (grantor.types.has(type)) return true
  const mayAdd = ({ to, extend = [] }: Grant): boolean => to === grantor.party && [extend].flat().includes(type)
  return member !== '' && parties.some(({ grants }) => grants.some(mayAdd))
}

function reasonsAgainst(grant: Grant, grantor: PartyCharter, parties: readonly PartyCharter[]): Bilingual[] {
  const { to, receive, purpose, from, until } = grant
  const { party } = grantor
  const allowed = allowedBy(grant)
  const foreign = allowed.flatMap(({ coordinates }) => coordinates.filter((name) => !maySpeakFor(name, grantor, parties)))
  const reasons: Bilingual[] = foreign.map((name) => ({ zh: `${party} 不拥有 ${name}。`, en: `${party} does not own ${name}.` }))
  if (allowed.length === 0) reasons.push({ zh: '授权没有写明允许什么。', en: 'The grant does not say what it allows.' })
  if (to === party) reasons.push({ zh: `${party} 向自己授权。`, en: `${party} grants to itself.` })
  else if (!parties.some((other) => other.party === to)) {
    reasons.push({ zh: `没有名为 ${to} 的一方。`, en: `There is no party named ${to}.` })
  }
  if (receive !== undefined && (purpose === undefined || until === undefined)) {
    reasons.push({ zh: 'receive 必须写明 purpose 与 until。', en: 'receive needs a purpose and an end (until).' })
  }
  if (from !== undefined && until !== undefined && from > until) {
    reasons.push({ zh: 'from 晚于 until。', en: 'from is later than until.' })
  }
  return reasons
}

/** What is wrong with the grants of a charter, for the assembly of its files: each can be given by its party and says all it must. */
export const grantFaults = (parties: readonly PartyCharter[]): CharterFault[] =>
  parties.flatMap((grantor) =>
    grantor.grants.flatMap((grant) =>
      reasonsAgainst(grant, grantor, parties).map((reason) =>
        charterFaults.badGrant({ file: grantor.file, line: grant.line, column: 1 }, reason),
      ),
    ),
  )
