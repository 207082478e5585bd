import { z } from 'zod'

import { STANDALONE_ENVIRONMENT, STANDALONE_SETTINGS } from './settings.js'

interface Row {
  readonly name: string
  readonly kind: string
  readonly otherwise: string
  readonly meaning: string
}

interface Schema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
}

const kindOf = (schema: Schema): string => {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ')
  if (schema.anyOf !== undefined) return schema.anyOf.map(kindOf).join(' or ')
  if (schema.items !== undefined) return `list of ${kindOf(schema.items)}`
  return schema.type === 'object' ? 'map' : String(schema.type ?? 'text').replace('string', 'text')
}

const defaultOf = ({ default: value }: Schema): string =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
    ? ''
    : `\`${JSON.stringify(value)}\``

/** Maps whose settings are those of `clients.anonymous` once more. */
const SAME_AS_ANONYMOUS: ReadonlySet<string> = new Set(['clients.signedIn', 'clients.clients'])

const rowsOf = (schema: Schema, path: string): Row[] =>
  Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => {
    const name = path === '' ? key : `${path}.${key}`
    const row = { name, kind: kindOf(inner), otherwise: defaultOf(inner), meaning: inner.description ?? '' }
    if (SAME_AS_ANONYMOUS.has(name)) return [{ ...row, meaning: `${row.meaning}; settings as in \`clients.anonymous\`` }]
    const below = inner.items?.properties
      ? rowsOf(inner.items, `${name}[]`)
      : typeof inner.additionalProperties === 'object'
        ? rowsOf(inner.additionalProperties, `${name}.<name>`)
        : rowsOf(inner, name)
    return [row, ...below]
  })

const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

/** docs/reference/gateway.md: every setting of `commonhall gateway` with kind, default and meaning, and the variables beside it. */
export const standaloneReference = (): string => {
  const settings = rowsOf(z.toJSONSchema(STANDALONE_SETTINGS, { io: 'input' }) as Schema, '')
  const variables = Object.entries(STANDALONE_ENVIRONMENT.shape)
  return [
    '# Settings of `commonhall gateway`',
    '',
    'Generated from `gateway/src/standalone/settings.ts`. The file of `--config` is YAML or JSON; a setting that is misspelt or wrong refuses the',
    'start. The environment lies over the file, options of the command over both. `${NAME}` in a text of the file is read from the environment.',
    '',
    line(['setting', 'kind', 'default', 'meaning']),
    line(['---', '---', '---', '---']),
    ...settings.map(({ name, kind, otherwise, meaning }) => line([`\`${name}\``, kind, otherwise, meaning])),
    '',
    '## Environment',
    '',
    line(['variable', 'setting']),
    line(['---', '---']),
    ...variables.map(([name, model]) => line([`\`${name}\``, (model as z.ZodType).description ?? ''])),
    '',
  ].join('\n')
}
