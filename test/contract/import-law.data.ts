/** The smallest repository that obeys the import law, and one breach of every rule. Paths are inside a temporary folder. */

/** One planted breach: the rule that must name `file`, and the files (if any) the import leads to. */
export interface PlantedBreach {
  readonly rule: string
  readonly file: string
  readonly text: string
  readonly besides?: Readonly<Record<string, string>>
}

const party = 'subgraphs/government'
const capability = `${party}/src/capabilities/permits`
const sibling = `${party}/src/capabilities/inbox`

/** Files in which every allowed kind of import occurs at least once. */
export const honestFiles: Readonly<Record<string, string>> = {
  'shared/src/time/index.ts': `export const now = () => 0`,
  'shared/src/typeid/index.ts': `export const prefix = 'per'`,
  'shared/src/errors/index.ts': `import { now } from '../time/index.js'\nexport const at = now`,
  'shared/src/charter/index.ts': `import { parse } from 'yaml'\nimport { at } from '../errors/index.js'\nexport const read = [parse, at]`,
  'shared/src/persistence/index.ts': `import { DataSource } from 'typeorm'\nimport { Pool } from 'pg'\nexport const open = [DataSource, Pool]`,
  'shared/src/postgres/index.ts': `import { Client } from 'pg'\nexport const launch = Client`,
  'shared/src/subgraph/index.ts': `import { buildSchema } from 'type-graphql'\nexport const build = buildSchema`,
  'street/src/index.ts': `import { prefix } from '@commonhall/shared/typeid'\nexport const street = prefix`,
  'gateway/src/gateway.ts': `import { at } from '@commonhall/shared/errors'\nexport const createGateway = () => at`,
  'gateway/src/planning/planner.ts': `export const plan = 1`,
  [`${capability}/permit.ts`]: `import { now } from '@commonhall/shared/time'\nexport const issue = () => now()`,
  [`${capability}/permit.entity.ts`]: `import { Entity } from 'typeorm'\nexport const row = Entity`,
  [`${capability}/permit.store.ts`]: `import { row } from './permit.entity.js'\nimport { issue } from './permit.js'\nexport const load = [row, issue]`,
  [`${capability}/permit.policy.ts`]: `import { issue } from './permit.js'\nexport const may = issue`,
  [`${capability}/permit.service.ts`]: `import { load } from './permit.store.js'\nimport { may } from './permit.policy.js'\nimport { take } from '../inbox/index.js'\nexport const issuePermit = [load, may, take]`,
  [`${capability}/permit.type.ts`]: `import { Field } from 'type-graphql'\nexport const type = Field`,
  [`${capability}/permit.resolver.ts`]: `import { type } from './permit.type.js'\nimport { issuePermit } from './permit.service.js'\nexport const resolver = [type, issuePermit]`,
  [`${capability}/index.ts`]: `export { issuePermit } from './permit.service.js'`,
  [`${sibling}/inbox.service.ts`]: `export const takeItem = 1`,
  [`${sibling}/index.ts`]: `import { takeItem } from './inbox.service.js'\nexport const take = takeItem`,
  [`${party}/src/database.ts`]: `import { row } from './capabilities/permits/permit.entity.js'\nexport const entities = [row]`,
  [`${party}/src/schema.ts`]: `import { resolver } from './capabilities/permits/permit.resolver.js'\nexport const resolvers = [resolver]`,
  [`${party}/src/seed/seed.ts`]: `import { street } from '@commonhall/street'\nexport const seed = street`,
  [`${party}/src/subgraph.ts`]: `import { resolvers } from './schema.js'\nimport { entities } from './database.js'\nimport { seed } from './seed/seed.js'\nexport const createGovernmentSubgraph = () => [resolvers, entities, seed]`,
  [`${party}/test/support.ts`]: `import { Client } from 'pg'\nimport { expectRefusal } from '@commonhall/harness'\nexport const support = [Client, expectRefusal]`,
  'subgraphs/residents/src/subgraph.ts': `export const createResidentsSubgraph = () => 1`,
  'hub/src/hub.ts': `import { createGateway } from '@commonhall/gateway'\nimport { createGovernmentSubgraph } from '@commonhall/government'\nimport { street } from '@commonhall/street'\nexport const createHub = () => [createGateway, createGovernmentSubgraph, street]`,
  'gateway/src/standalone/index.ts': `import { createGateway } from '../gateway.js'\nexport const serve = createGateway`,
  'kit/cli/src/start.ts': `import { at } from '@commonhall/shared/errors'\nimport { serve } from '../../../gateway/src/standalone/index.js'\nexport const start = [at, serve]`,
  'test/harness/src/index.ts': `import { at } from '@commonhall/shared/errors'\nexport const expectRefusal = at`,
  'test/stories/permit.story.test.ts': `import { createHub } from '@commonhall/hub'\nimport { expectRefusal } from '@commonhall/harness'\nexport const story = [createHub, expectRefusal]`,
}

const use = (specifier: string): string => `import * as planted from '${specifier}'\nexport const breach = planted`
const useType = (specifier: string, name: string): string =>
  `import type { ${name} } from '${specifier}'\nexport type Breach = typeof ${name}`

/** At least one breach per rule of .dependency-cruiser.cjs; the test refuses a rule without one. */
export const plantedBreaches: readonly PlantedBreach[] = [
  {
    rule: 'no-circular',
    file: 'gateway/src/door/knot-a.ts',
    text: use('./knot-b.js'),
    besides: { 'gateway/src/door/knot-b.ts': use('./knot-a.js') },
  },
  { rule: 'everything-resolves', file: 'gateway/src/door/lost.ts', text: use('@commonhall/shared/nowhere') },
  {
    rule: 'no-root-barrel',
    file: 'gateway/src/door/barrel.ts',
    text: use('../../../shared/src/index.js'),
    besides: { 'shared/src/index.ts': 'export const all = 1' },
  },
  { rule: 'party-isolation', file: `${party}/src/stranger.ts`, text: use('@commonhall/residents') },
  {
    rule: 'party-isolation',
    file: `${party}/src/stranger-type.ts`,
    text: useType('../../residents/src/subgraph.js', 'createResidentsSubgraph'),
  },
  { rule: 'subgraph-knows-no-hub', file: `${party}/src/upwards.ts`, text: use('@commonhall/gateway') },
  { rule: 'gateway-knows-no-party', file: 'gateway/src/door/partisan.ts', text: use('@commonhall/government') },
  { rule: 'gateway-has-no-orm', file: 'gateway/src/ledger/entry.store.ts', text: use('typeorm') },
  { rule: 'shared-is-below-all', file: 'shared/src/subgraph/upwards.ts', text: use('../../../gateway/src/gateway.js') },
  { rule: 'shared-leaves', file: 'shared/src/time/heavy.ts', text: use('../persistence/index.js') },
  { rule: 'street-is-fixture-data', file: 'street/src/partisan.ts', text: use('@commonhall/shared/persistence') },
  { rule: 'street-has-no-library', file: 'street/src/clock.ts', text: use('node:fs') },
  { rule: 'street-only-for-seeds', file: `${capability}/fixture.service.ts`, text: use('@commonhall/street') },
  { rule: 'hub-joins-roots-only', file: 'hub/src/deep.ts', text: use('../../subgraphs/government/src/capabilities/permits/index.js') },
  { rule: 'hub-knows-no-client', file: 'hub/src/tool.ts', text: use('../../kit/cli/src/start.js') },
  { rule: 'nobody-imports-the-hub', file: 'kit/cli/src/in-process.ts', text: use('@commonhall/hub') },
  { rule: 'client-is-light', file: 'kit/client/src/heavy.ts', text: use('@commonhall/gateway') },
  { rule: 'client-takes-types-only', file: 'kit/client/src/value.ts', text: use('@commonhall/shared/errors') },
  { rule: 'template-is-outside', file: 'kit/template-subgraph/src/insider.ts', text: use('@commonhall/gateway') },
  { rule: 'cli-starts-parties-as-processes', file: 'kit/cli/src/shortcut.ts', text: use('@commonhall/government') },
  { rule: 'dashboard-only-through-client', file: 'dashboard/src/private-door.ts', text: use('@commonhall/shared/errors') },
  { rule: 'enter-by-the-composition-root', file: 'test/stories/deep.test.ts', text: use('../../gateway/src/planning/planner.js') },
  { rule: 'enter-by-the-composition-root', file: 'kit/cli/src/deep.ts', text: use('../../../gateway/src/planning/planner.js') },
  { rule: 'harness-only-in-tests', file: 'gateway/src/door/helped.ts', text: use('@commonhall/harness') },
  { rule: 'harness-only-in-tests', file: 'gateway/src/test/hidden.ts', text: use('@commonhall/harness') },
  { rule: 'harness-takes-factories', file: 'test/harness/src/partisan.ts', text: use('@commonhall/government') },
  { rule: 'capability-through-its-door', file: `${capability}/window.service.ts`, text: use('../inbox/inbox.service.js') },
  { rule: 'capability-knows-no-root', file: `${capability}/root.service.ts`, text: use('../../database.js') },
  { rule: 'entity-is-a-leaf', file: `${capability}/heavy.entity.ts`, text: use('@commonhall/shared/time') },
  { rule: 'row-only-in-store', file: `${capability}/leak.service.ts`, text: useType('./permit.entity.js', 'row') },
  { rule: 'database-only-in-store', file: `${capability}/sql.service.ts`, text: use('pg') },
  { rule: 'shared-database-in-persistence', file: 'shared/src/subgraph/sql.ts', text: use('pg') },
  { rule: 'shared-orm-in-persistence', file: 'shared/src/postgres/orm.ts', text: use('typeorm') },
  { rule: 'graphql-only-at-the-surface', file: `${capability}/surface.service.ts`, text: use('type-graphql') },
  { rule: 'surface-not-to-store', file: `${capability}/fat.resolver.ts`, text: use('./permit.store.js') },
  { rule: 'lower-not-to-surface', file: `${capability}/up.store.ts`, text: use('./permit.type.js') },
  { rule: 'policy-is-pure', file: `${capability}/reader.policy.ts`, text: use('./permit.store.js') },
  { rule: 'policy-and-domain-have-no-io', file: `${capability}/io.policy.ts`, text: use('node:fs') },
  { rule: 'policy-and-domain-have-no-io', file: `${capability}/library.ts`, text: use('yaml') },
  { rule: 'domain-is-pure', file: `${capability}/impure.ts`, text: use('./permit.service.js') },
]
