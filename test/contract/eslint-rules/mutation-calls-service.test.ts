import { testHouseRule } from './rule-tester.js'

const filename = 'permit.resolver.ts'
const resolver = (body: string, imports = "import { issuePermit } from './permit.service.js'") =>
  `${imports}\nclass PermitResolver { @Mutation(() => Result) async issuePermit(input: Input) {\n${body}\n} }`
const lines = (count: number) => ['return issuePermit(input)', ...Array.from({ length: count - 1 }, () => '// a line')].join('\n')

testHouseRule('mutation-calls-service', {
  accepted: [
    { name: 'a mutation that hands over to an imported act', filename, code: resolver('return issuePermit(input)') },
    {
      name: 'a namespace of the service',
      filename,
      code: resolver('return permits.issue(input)', "import * as permits from './permit.service.js'"),
    },
    {
      name: 'the door of a sibling capability',
      filename,
      code: resolver('return take(input)', "import { take } from '../inbox/index.js'"),
    },
    { name: 'a service the resolver was given', filename, code: resolver('return this.permitService.issue(input)', '') },
    { name: 'eight lines', filename, code: resolver(lines(8)) },
    {
      name: 'a query that reads a loader',
      filename,
      code: 'class R { @Query(() => P) permit(id: string) { return ctx.loaders.permit.load(id) } }',
    },
    { name: 'the same text outside a resolver', filename: 'permit.ts', code: resolver('return 1', '') },
  ],
  refused: [
    { name: 'a mutation that answers by itself', filename, code: resolver('return { id: input.id }'), messageIds: ['noService'] },
    {
      name: 'a call of something else',
      filename,
      code: resolver('return save(input)', "import { save } from './permit.loader.js'"),
      messageIds: ['noService'],
    },
    {
      name: 'a type of the service instead of the service',
      filename,
      code: resolver('return Acts(input)', "import type { Acts } from './permit.service.js'"),
      messageIds: ['noService'],
    },
    { name: 'nine lines', filename, code: resolver(lines(9)), messageIds: ['tooLong'] },
  ],
})
