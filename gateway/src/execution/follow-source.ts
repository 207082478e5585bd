import type { CompiledOperation } from '../planning/compiled-operation.js'
import type { ByteText } from '../transport/party-link.js'
import { answerOfRun, newRun, type ExecutionContext, type OperationAnswer } from './execute-operation.js'
import type { CallStep } from './plan/executable-plan.js'
import { adoptRoot, noteFailure, runPlan, variablesOf } from './run-plan.js'
import { readAnswer } from './read/read-answer.js'

/** What following a subscription takes from its surroundings. */
export interface SubscriptionContext {
  /** For one event: each has its own deadline and its own errors. */
  readonly event: () => ExecutionContext
  /** Opens the source with variables as JSON; its events are bodies of answers. */
  readonly open: (step: CallStep, variables: ByteText) => AsyncIterable<ByteText>
  /** Told of each answer before it is given. */
  readonly onAnswer?: (answer: OperationAnswer) => void
}

/**
 * Answers a subscription: for every event of its source the rest of the plan is run, so that fields of other parties are filled too.
 *
 * Events are answered one after the other, in their order; the next one is asked for when the last answer has been taken. An event
 * that is of no use answers null with the party's error, and the stream goes on. A source that is lost ends the stream with one last
 * answer that carries the error. A subscription that needs no party (all it asks is refused, or its type name) has one answer.
 */
export async function* followSource(
  compiled: CompiledOperation,
  variables: Readonly<Record<string, unknown>>,
  context: SubscriptionContext,
): AsyncGenerator<OperationAnswer, void, undefined> {
  const { source } = compiled
  const rest = compiled.units[0]?.plan ?? null
  if (source === null) {
    const surroundings = context.event()
    yield answerOfRun(compiled, newRun(compiled, variables, surroundings), surroundings.schema)
    return
  }
  const lost = (fault: unknown): OperationAnswer => {
    const surroundings = context.event()
    const run = newRun(compiled, variables, surroundings)
    noteFailure(source, run, fault)
    return answerOfRun(compiled, run, surroundings.schema)
  }
  const events = context.open(source, variablesOf(source, variables))[Symbol.asyncIterator]()
  try {
    for (;;) {
      let next: IteratorResult<ByteText>
      try {
        next = await events.next()
      } catch (fault) {
        yield lost(fault)
        return
      }
      if (next.done === true) return
      const answer = await answerEvent(compiled, variables, source, rest, next.value, context.event())
      context.onAnswer?.(answer)
      yield answer
    }
  } finally {
    // Whoever leaves in the middle leaves the source too.
    await events.return?.()
  }
}

const answerEvent = async (
  compiled: CompiledOperation,
  variables: Readonly<Record<string, unknown>>,
  source: CallStep,
  rest: CompiledOperation['units'][number]['plan'],
  event: ByteText,
  context: ExecutionContext,
): Promise<OperationAnswer> => {
  const run = newRun(compiled, variables, context)
  try {
    adoptRoot(source, readAnswer(event, source.reader, source.readers), run)
    await runPlan(rest, run)
  } catch (fault) {
    noteFailure(source, run, fault)
  }
  return answerOfRun(compiled, run, context.schema)
}
