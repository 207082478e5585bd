import { testHouseRule } from './rule-tester.js'

const code = 'export const port = process.env.PORT'

testHouseRule('no-process-env-outside-config', {
  accepted: [
    ...[
      'subgraphs/residents/src/config.ts',
      'gateway/src/main.ts',
      'kit/cli/src/start.ts',
      'test/harness/src/index.ts',
      'shared/src/config/read.ts',
    ].map((filename) => ({
      name: filename,
      filename,
      code,
    })),
    { name: 'another env', filename: 'gateway/src/door/door.ts', code: 'export const port = settings.env.PORT' },
  ],
  refused: [
    { name: 'a reader in the middle of the code', filename: 'gateway/src/door/door.ts', code, messageIds: ['elsewhere'] },
    {
      name: 'a computed reader',
      filename: 'gateway/src/door/door.ts',
      code: "export const port = process['env'].PORT",
      messageIds: ['elsewhere'],
    },
    {
      name: 'a destructured reader',
      filename: 'gateway/src/door/door.ts',
      code: 'const { env } = process\nexport { env }',
      messageIds: ['elsewhere'],
    },
    {
      name: 'an imported env',
      filename: 'gateway/src/door/door.ts',
      code: "import { env } from 'node:process'\nexport const port = env.PORT",
      messageIds: ['elsewhere'],
    },
    { name: 'a file whose name only ends alike', filename: 'gateway/src/door/port-config.ts', code, messageIds: ['elsewhere'] },
  ],
})
