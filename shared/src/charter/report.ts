import { z } from 'zod'
import { RULE_CODES } from './catalogue/index.js'
import { FINDING_KINDS } from './catalogue/rule.js'
import type { Finding } from './findings.js'

const bilingual = z.object({ zh: z.string(), en: z.string() })

const reportModel = z.object({
  findings: z.array(
    z.object({
      code: z.enum(RULE_CODES).describe('Stable code of the rule; docs/reference/rules has a page for each.'),
      kind: z.enum(FINDING_KINDS).describe('Kind of the finding.'),
      coordinate: z.string().describe('Type, Type.member, Type.field(argument:), @directive or schema.'),
      owner: z.string().nullable().describe('The party that owns the coordinate, commons, or null when nobody does.'),
      offender: z.string().describe('The subgraph in which the finding was made.'),
      file: z.string().describe('As it was given; a file of the charter where the charter is at fault.'),
      line: z.int().min(1),
      column: z.int().min(1),
      ownedAt: z.string().nullable().describe('file:line of the charter where the coordinate is owned.'),
      message: bilingual,
      consequence: bilingual.describe('What would happen if it went through.'),
      remedies: z.array(bilingual).describe('What to do, the nearest way first.'),
    }),
  ),
  composition: z.object({
    ok: z.boolean(),
    errors: z.array(z.object({ code: z.string(), message: z.string() })).describe('Of the composer, in its words.'),
  }),
})

/** What `commonhall check --format json` prints. Fields are added over time, none is taken away or changes its meaning. */
export type CheckReport = z.infer<typeof reportModel>

/** What composition said: nothing, or why the schemas do not fit together. */
interface CompositionOutcome {
  readonly ok: boolean
  readonly errors?: readonly { readonly code: string; readonly message: string }[]
}

/** The report of a check, for machines. */
export const checkReport = (findings: readonly Finding[], { ok, errors = [] }: CompositionOutcome): CheckReport => ({
  findings: findings.map((finding) => ({
    ...finding,
    owner: finding.owner ?? null,
    ownedAt: finding.ownedAt ?? null,
    remedies: [...finding.remedies],
  })),
  composition: { ok, errors: errors.map(({ code, message }) => ({ code, message })) },
})

/** JSON Schema of the report, made from the model that types it. */
export const checkReportJsonSchema = (): Readonly<Record<string, unknown>> => ({
  ...z.toJSONSchema(reportModel, { io: 'input' }),
  title: 'Report of commonhall check',
})
