import { parse, validate } from 'graphql'

import { composeSupergraph } from '@commonhall/shared/composition'

import { buildApiSchema } from '../src/planning/api-schema.js'
import { compileOperation, type CompiledOperation } from '../src/planning/compiled-operation.js'
import { createPlanner } from '../src/planning/planner.js'
import { byteTextOf, textOfBytes } from '../src/transport/byte-text.js'
import type { ByteText } from '../src/transport/party-link.js'
import { executeOperation, type ExecutionContext, type OperationAnswer } from '../src/execution/execute-operation.js'
import type { CallStep } from '../src/execution/plan/executable-plan.js'
import type { BoundAccess } from '../src/execution/write/projection.js'

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external", "@requires", "@inaccessible"])\n'

/** Calls a party with its operation and variables; gives the body of the answer, as text or as a value. */
export type PartyAnswers = (query: string, variables: Record<string, unknown>) => unknown

/** An engine without links, for tests: parties are functions, and faults are kept to be looked at. */
export const createFixtureHub = (sdls: Readonly<Record<string, string>>, parties: Readonly<Record<string, PartyAnswers>>) => {
  const composition = composeSupergraph(Object.entries(sdls).map(([name, sdl]) => ({ name, sdl: LINK + sdl, url: `test:${name}` })))
  if (!composition.ok) throw new Error(JSON.stringify(composition.errors))
  const planner = createPlanner(composition.supergraphSdl)
  const schema = buildApiSchema(planner.consumerSdl)
  const faults: { party: string; fault: unknown; isUnusable: boolean }[] = []
  const calls: { party: string; query: string; variables: Record<string, unknown> }[] = []
  const context: ExecutionContext = {
    schema,
    language: 'en',
    traceId: 'trace',
    nowMs: () => 0,
    async call(step: CallStep, variables: ByteText) {
      const given = JSON.parse(textOfBytes(variables)) as Record<string, unknown>
      calls.push({ party: step.party, query: step.call.query, variables: given })
      const answer = await parties[step.party]?.(step.call.query, given)
      return byteTextOf(typeof answer === 'string' ? answer : JSON.stringify(answer))
    },
    onFault: (party, fault, isUnusable) => void faults.push({ party, fault, isUnusable }),
  }
  const compile = (query: string, variables: Record<string, unknown> = {}, denied: string | null = null): Promise<CompiledOperation> => {
    const document = parse(query)
    const errors = validate(schema, document)
    if (errors[0] !== undefined) throw new Error(errors[0].message)
    const operation = document.definitions.find((definition) => definition.kind === 'OperationDefinition')
    if (operation === undefined) throw new Error('no operation')
    const access: BoundAccess = { field: (_, field) => (field === denied ? 'FORBIDDEN' : null), type: () => null }
    return compileOperation({ document, operation, variables, access, hasLookups: false }, schema, planner)
  }
  return {
    schema,
    context,
    faults,
    calls,
    compile,
    async ask(query: string, variables: Record<string, unknown> = {}): Promise<OperationAnswer> {
      return executeOperation(await compile(query, variables), variables, context)
    },
  }
}
