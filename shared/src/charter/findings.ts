import { RULES } from './catalogue/index.js'
import type { RuleCode } from './catalogue/index.js'
import { bilingual, consequenceOf } from './catalogue/rule.js'
import type { FindingKind } from './catalogue/rule.js'
import type { GrantIndex, LapsedGrant } from './grants.js'
import type { Bilingual, Charter, PartyCharter } from './model.js'
import type { CheckInput } from './ownership-index.js'
import type { Breach } from './rules/breach.js'

/** One disagreement between a subgraph's schema and the charter, as people and machines read it. Line and column start at 1. */
export interface Finding {
  readonly code: RuleCode
  readonly kind: FindingKind
  /** `Type`, `Type.member`, `Type.field(argument:)`, `@directive` or `schema`. */
  readonly coordinate: string
  /** The party that owns the coordinate, `commons`, or undefined when nobody does. */
  readonly owner: string | undefined
  /** The subgraph in which the finding was made. */
  readonly offender: string
  readonly file: string
  readonly line: number
  readonly column: number
  /** `file:line` of the charter where the coordinate is owned. */
  readonly ownedAt: string | undefined
  readonly message: Bilingual
  /** What would happen if it went through. */
  readonly consequence: Bilingual
  /** What to do, the nearest way first. */
  readonly remedies: readonly Bilingual[]
}

function lapsedRemedy({ state, file, grant }: LapsedGrant, owner: string): Bilingual {
  const at = `${file}:${grant.line}`
  if (state === 'revoked') {
    return {
      zh: `${at} 的授权已由 ${owner} 于 ${grant.revoked} 撤回；须重新征得同意。`,
      en: `The grant at ${at} was revoked by ${owner} from ${grant.revoked}; ask for its consent again.`,
    }
  }
  if (state === 'expired') {
    return {
      zh: `${at} 的授权已于 ${grant.until} 到期；请 ${owner} 续期。`,
      en: `The grant at ${at} ended on ${grant.until}; ask ${owner} to renew it.`,
    }
  }
  return { zh: `${at} 的授权自 ${grant.from} 起才生效。`, en: `The grant at ${at} stands from ${grant.from} only.` }
}

/** How to ask for the grant that would allow a breach; a grant that lapsed comes first, because it explains the surprise. */
function consentRemedies({ ask, owner, party }: Breach, grants: GrantIndex): Bilingual[] {
  if (!ask || owner === undefined) return []
  const lapsed = grants.lapsed({ ...ask, owner, to: party })
  const terms = ask.kind === 'receive' ? ', purpose: …, until: …' : ''
  const line = `{ to: ${party}, ${ask.kind}: ${ask.kind === 'receive' ? `[${ask.coordinate}]` : ask.coordinate}${terms} }`
  return [
    ...(lapsed ? [lapsedRemedy(lapsed, owner)] : []),
    { zh: `请 ${owner} 在 charter/${owner}.yaml 授权 ${line}`, en: `Ask ${owner} for ${line} in charter/${owner}.yaml.` },
  ]
}

/** Where the charter says who owns a coordinate: the line of the root field, of the act, or of the type. */
function placeInCharter(coordinate: string, owner: string | undefined, { commons, parties }: Charter): string | undefined {
  const [type = '', member = ''] = coordinate.replace(/^@/, '').split(/[.(]/)
  const party = parties.find((one) => one.party === owner)
  const line = party
    ? ({ Query: party.queries.get(member), Subscription: party.subscriptions.get(member), Mutation: actLine(party, member) }[type] ??
      party.types.get(type))
    : (commons.types.get(type) ?? commons.scalars.get(type) ?? commons.directives.get(type))
  if (owner === undefined || line === undefined) return undefined
  return `${(party ?? commons).file}:${line}`
}

const actLine = ({ acts }: PartyCharter, mutation: string): number | undefined => acts.find((act) => act.mutation === mutation)?.line

/** Makes the finding of a breach: the catalogue's sentences, and how to ask where asking helps. */
export function findingOf(breach: Breach, { grants, charter }: CheckInput): Finding {
  const { code, coordinate, owner, offender, party, file, line, column, detail = '' } = breach
  const rule = RULES[code]
  const subject = { coordinate, owner: owner ?? '–', offender, party, detail }
  return {
    code,
    kind: rule.kind,
    coordinate,
    owner,
    offender,
    file,
    line,
    column,
    ownedAt: placeInCharter(coordinate, owner, charter),
    message: bilingual(rule.message(subject)),
    consequence: consequenceOf(rule.kind),
    remedies: [...consentRemedies(breach, grants), ...rule.remedies(subject).map(bilingual)],
  }
}

/** `file:line:column CODE message remedies`, English first, as compilers print it: for CI logs and test output. */
export function formatFinding({ code, coordinate, file, line, column, message, remedies }: Finding): string {
  const [zh, en] = [remedies.map((remedy) => remedy.zh).join(''), remedies.map((remedy) => remedy.en).join(' ')]
  return `${file}:${line}:${column} ${code} ${coordinate}: ${message.en} ${en}\n  ${message.zh}${zh}`
}
