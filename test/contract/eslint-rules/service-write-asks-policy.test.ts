import { testHouseRule } from './rule-tester.js'

const filename = 'permit.service.ts'
const imports = "import { mayIssue } from './permit.policy.js'\nimport { performAct } from '@commonhall/shared/journal'\n"

testHouseRule('service-write-asks-policy', {
  accepted: [
    {
      name: 'an act that asks inside the transaction',
      filename,
      code: `${imports}export const issue = (ctx, input) => performAct(ctx, { run: async (tx) => { if (!mayIssue(ctx.actor)) return refuse() } })`,
    },
    {
      name: 'an act that asks before it',
      filename,
      code: `${imports}export async function issue(ctx) { mayIssue(ctx.actor); return ctx.act('x', () => 1) }`,
    },
    {
      name: 'an act that asks in a local function',
      filename,
      code: `${imports}const decide = (ctx) => mayIssue(ctx.actor)\nexport const issue = (ctx) => performAct(ctx, { run: () => decide(ctx) })`,
    },
    {
      name: 'an act that passes the decision on',
      filename,
      code: `${imports}export const issue = (ctx) => performAct(ctx, guarded(mayIssue))`,
    },
    {
      name: 'every act of a service made by a function',
      filename,
      code: `${imports}export const createPermits = (ctx) => ({ issue: () => { mayIssue(ctx); return performAct(ctx, {}) }, read: () => 1 })`,
    },
    { name: 'a read', filename, code: 'export const permitsOf = (ctx) => ctx.loaders.permits.load(1)' },
    { name: 'something else named act', filename, code: 'export const play = (stage) => stage.act()' },
    { name: 'the same text outside a service', filename: 'permit.ts', code: 'export const issue = (ctx) => performAct(ctx, {})' },
  ],
  refused: [
    {
      name: 'an act without a decision',
      filename,
      code: `${imports}export const issue = (ctx) => performAct(ctx, { run: () => 1 })`,
      messageIds: ['noPolicy'],
    },
    {
      name: 'a function that performs an act of the context',
      filename,
      code: `${imports}export async function issue(ctx) { return ctx.act('x', () => 1) }`,
      messageIds: ['noPolicy'],
    },
    {
      name: 'a method of a service class',
      filename,
      code: `${imports}export class Permits { issue(ctx) { return performAct(ctx, {}) } }`,
      messageIds: ['noPolicy'],
    },
    {
      name: 'one of several acts',
      filename,
      code: `${imports}export const issue = (ctx) => { mayIssue(ctx); return performAct(ctx, {}) }\nexport const revoke = (ctx) => performAct(ctx, {})`,
      messageIds: ['noPolicy'],
    },
    {
      name: 'one act of a service made by a function',
      filename,
      code: `${imports}export const createPermits = (ctx) => ({ issue: () => { mayIssue(ctx); return performAct(ctx, {}) }, revoke: () => performAct(ctx, {}) })`,
      messageIds: ['noPolicy'],
    },
    {
      name: 'a decision of another file than a policy',
      filename,
      code: `import { mayIssue } from './permit.js'\nexport const issue = (ctx) => { mayIssue(ctx); return performAct(ctx, {}) }`,
      messageIds: ['noPolicy'],
    },
  ],
})
