import { z } from 'zod'

/** The four kinds of parties, as `@owner(party:)` spells them. */
export const PARTY_KINDS = ['GOVERNMENT', 'COMMITTEE', 'NONPROFIT', 'RESIDENT'] as const

/** Who may be named in `by` of an act. The identity provider's roles map onto these; nothing else is understood. */
export const CHARTER_ROLES = ['anonymous', 'resident', 'clerk', 'cadre', 'officer', 'worker', 'auditor'] as const

const bilingual = (what: string) =>
  z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }).describe(`${what}, in Chinese and English.`)
const graphqlName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'a GraphQL name: letters, digits and _, not starting with a digit or _')
const names = (what: string) => z.array(graphqlName).describe(what)
const partyName = z.string().regex(/^[a-z][a-z-]*$/, 'a party name: small letters and hyphens')

/** One function of a party: the mutation that performs it, who may, and on what basis. */
export const actModel = z.strictObject({
  code: z
    .string()
    .regex(/^[a-z]+(\.[a-z]+(_[a-z]+)*){2}$/, 'an act code: party.noun.verb in small letters')
    .describe('Code of the act, party.noun.verb; the same in @act(code:), in the journal and in the log.'),
  mutation: graphqlName.describe('The one mutation that performs the act.'),
  title: bilingual('What the act does'),
  by: z.array(z.enum(CHARTER_ROLES)).min(1).describe('Roles that may perform the act. The policy of the party decides within these.'),
  basis: bilingual('Law, agreement or rule the act stands on'),
})

/** Purposes for which a value of another may be received, as `@purpose(allow:)` spells them. */
export const PURPOSES = [
  'CASE_HANDLING',
  'CARE',
  'SERVICE_DELIVERY',
  'ENTITLEMENT',
  'MEDIATION',
  'VOLUNTEERING',
  'DELIBERATION',
  'BOOKING',
  'OVERSIGHT',
  'SUBJECT',
] as const

const NAME = '[A-Za-z][A-Za-z0-9_]*'
const fieldCoordinate = z.string().regex(new RegExp(`^${NAME}\\.${NAME}$`), 'a field, Type.field; no wildcards')
const anyCoordinate = z
  .string()
  .regex(new RegExp(`^${NAME}(\\.${NAME}(\\(${NAME}:\\))?)?$`), 'a coordinate, Type, Type.member or Type.field(argument:); no wildcards')
const oneOrMany = <T extends z.ZodType>(item: T, what: string) => z.union([item, z.array(item).min(1)]).describe(what)
const day = (what: string) =>
  z
    .string()
    .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text), 'a day of the calendar, YYYY-MM-DD')
    .describe(`${what}, YYYY-MM-DD, in China Standard Time.`)

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** What a grant can allow; every other crossing is refused whoever asks. */
export const GRANT_KINDS = ['extend', 'receive', 'override', 'hide', 'implement'] as const

/** A permission an owner gives: the party named may cross the owner's line at these coordinates, and nowhere else. */
export const grantModel = z.strictObject({
  to: partyName.describe('The party that is allowed.'),
  extend: oneOrMany(graphqlName, 'Types of ours to which it may add fields.').optional(),
  receive: oneOrMany(fieldCoordinate, 'Fields of ours whose values it may receive. Needs purpose and until.').optional(),
  override: oneOrMany(fieldCoordinate, 'Fields of ours, root fields among them, which it may answer in our stead.').optional(),
  hide: oneOrMany(anyCoordinate, 'Elements of ours which it may take out of the API.').optional(),
  implement: oneOrMany(graphqlName, 'Interfaces of ours it may implement, unions of ours it may join.').optional(),
  purpose: z.enum(PURPOSES).optional().describe('The one purpose for which the values are received.'),
  from: day('First day on which the grant stands').optional(),
  until: day('Last day on which the grant stands').optional(),
  revoked: day('Day from which the grant no longer stands').optional(),
})

/** charter/<party>.yaml: what a party owns and does, and what it allows others. */
export const partyFileModel = z
  .strictObject({
    party: partyName.describe('Name of the party, of its subgraph and of this file.'),
    kind: z.enum(PARTY_KINDS).describe('The kind of party, as @owner(party:) names it.'),
    title: bilingual('Name of the party'),
    subgraphs: z
      .array(partyName)
      .min(1)
      .optional()
      .describe('Names of its subgraphs, when they are others than the name of the party. Ownership goes by party.'),
    owns: z
      .strictObject({
        types: names('Types with all their fields; enums, inputs, interfaces, unions and scalars likewise.'),
        queries: names('Root fields of Query.'),
        subscriptions: names('Root fields of Subscription.').optional(),
      })
      .describe('What only this party defines and writes.'),
    acts: z.array(actModel).describe('Every mutation is one act of one party.'),
    grants: z.array(grantModel).optional().describe('What this owner allows others.'),
  })
  .describe('What one party owns and does, and what it allows others.')

/** charter/commons.yaml: the vocabulary of all, which nobody owns alone. */
export const commonsFileModel = z
  .strictObject({
    commons: z.literal(true).describe('Marks the file of the shared vocabulary.'),
    title: bilingual('Name of the vocabulary'),
    scalars: names('Scalars, besides those GraphQL has.'),
    directives: names('Directives, without the @.'),
    types: names('Value types, enums, inputs and interfaces. Defined alike wherever they are defined.'),
  })
  .describe('The vocabulary all parties share.')

/** Any file of charter/. */
export const charterFileModel = z.union([partyFileModel, commonsFileModel])

export type PartyKind = (typeof PARTY_KINDS)[number]
export type GrantKind = (typeof GRANT_KINDS)[number]
export type CharterRole = (typeof CHARTER_ROLES)[number]

/** A text for people, in both languages of the street. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** An act with the line on which its code stands. */
export interface Act extends Readonly<z.infer<typeof actModel>> {
  readonly line: number
}

/** A grant with its line. */
export interface Grant extends Readonly<z.infer<typeof grantModel>> {
  readonly line: number
}

/** A party's file, read. Maps go from a name to the line on which it stands. */
export interface PartyCharter {
  readonly file: string
  readonly party: string
  readonly kind: PartyKind
  readonly title: Bilingual
  readonly subgraphs: readonly string[]
  readonly types: ReadonlyMap<string, number>
  readonly queries: ReadonlyMap<string, number>
  readonly subscriptions: ReadonlyMap<string, number>
  readonly acts: readonly Act[]
  readonly grants: readonly Grant[]
}

/** The commons, read. */
export interface CommonsCharter {
  readonly file: string
  readonly title: Bilingual
  readonly scalars: ReadonlyMap<string, number>
  readonly directives: ReadonlyMap<string, number>
  readonly types: ReadonlyMap<string, number>
}

/** The whole agreement: each coordinate has at most one owner, each mutation and code at most one act. */
export interface Charter {
  readonly commons: CommonsCharter
  readonly parties: readonly PartyCharter[]
}
