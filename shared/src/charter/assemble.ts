import { charterFaults } from './faults.js'
import type { CharterFault } from './faults.js'
import { grantFaults } from './grant-faults.js'
import type { Charter, CommonsCharter, PartyCharter } from './model.js'
import { parseCharterFile } from './parse.js'
import type { CharterFileText } from './parse.js'

/** The agreement, or everything that is wrong with it. */
export type AssembledCharter =
  { readonly ok: true; readonly charter: Charter } | { readonly ok: false; readonly faults: readonly CharterFault[] }

interface Holding {
  readonly file: string
  readonly line: number
}

const startOf = (file: string) => ({ file, line: 1, column: 1 })

/** Remembers who named something first, and says so when a second one names it. */
class Register {
  private readonly holdings = new Map<string, Holding>()

  constructor(
    private readonly faults: CharterFault[],
    private readonly fault: (typeof charterFaults)['duplicateOwner'] | (typeof charterFaults)['duplicateAct'],
  ) {}

  enter(what: string, file: string, line: number): void {
    const first = this.holdings.get(what)
    if (first) this.faults.push(this.fault({ file, line, column: 1 }, what, first.file, first.line))
    else this.holdings.set(what, { file, line })
  }
}

function duplicateFaults(commons: readonly CommonsCharter[], parties: readonly PartyCharter[]): CharterFault[] {
  const faults: CharterFault[] = []
  const owners = new Register(faults, charterFaults.duplicateOwner)
  const acts = new Register(faults, charterFaults.duplicateAct)
  for (const { file, scalars, types, directives } of commons) {
    for (const [name, line] of [...scalars, ...types]) owners.enter(name, file, line)
    for (const [name, line] of directives) owners.enter(`@${name}`, file, line)
  }
  for (const { file, types, queries, subscriptions, acts: ownActs } of parties) {
    for (const [name, line] of types) owners.enter(name, file, line)
    for (const [name, line] of queries) owners.enter(`Query.${name}`, file, line)
    for (const [name, line] of subscriptions) owners.enter(`Subscription.${name}`, file, line)
    for (const act of ownActs) {
      acts.enter(act.code, file, act.line)
      acts.enter(`Mutation.${act.mutation}`, file, act.line)
    }
  }
  return faults
}

function partyFaults(parties: readonly PartyCharter[]): CharterFault[] {
  return parties.flatMap((party, index) => {
    const earlier = parties.slice(0, index)
    const sameName = earlier.find((other) => other.party === party.party)
    const sameKind = earlier.find((other) => other.kind === party.kind)
    const sameSubgraph = party.subgraphs.find((name) => earlier.some((other) => other.subgraphs.includes(name)))
    const first = earlier.find((other) => sameSubgraph !== undefined && other.subgraphs.includes(sameSubgraph))
    return [
      ...(sameName ? [charterFaults.duplicateParty(startOf(party.file), `party ${party.party}`, sameName.file)] : []),
      ...(first && !sameName ? [charterFaults.duplicateParty(startOf(party.file), `subgraph ${sameSubgraph}`, first.file)] : []),
      ...(sameKind ? [charterFaults.duplicateParty(startOf(party.file), `kind ${party.kind}`, sameKind.file)] : []),
    ]
  })
}

/**
 * Joins the files of charter/ into one agreement. Pure; the order of the files does not matter for what is refused.
 *
 * Refused: any faulty file, a missing or second commons, a party or kind declared twice, a type, root field, act code or mutation
 * that stands twice anywhere, and a grant of something the grantor does not own, to itself, or to nobody.
 */
export function assembleCharter(files: readonly CharterFileText[]): AssembledCharter {
  const faults: CharterFault[] = []
  const commonsFiles: CommonsCharter[] = []
  const parties: PartyCharter[] = []
  for (const file of files) {
    const parsed = parseCharterFile(file)
    if (!parsed.ok) faults.push(...parsed.faults)
    else if (parsed.party) parties.push(parsed.party)
    else commonsFiles.push(parsed.commons)
  }
  // A file that cannot be read hides what it owns; what follows from its absence would only be noise.
  if (faults.length > 0) return { ok: false, faults }

  const [commons, ...moreCommons] = commonsFiles
  if (!commons) faults.push(charterFaults.noCommons(startOf('charter/commons.yaml')))
  else for (const other of moreCommons) faults.push(charterFaults.duplicateParty(startOf(other.file), 'commons', commons.file))
  faults.push(...partyFaults(parties), ...duplicateFaults(commonsFiles, parties), ...grantFaults(parties))
  return commons && faults.length === 0 ? { ok: true, charter: { commons, parties } } : { ok: false, faults }
}
