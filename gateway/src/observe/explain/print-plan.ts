import { parse, print } from 'graphql'

import type { CallView, PlanView } from './plan-view.js'

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n')

/** What a party answers with is written as it is; what cannot be read stays as it came. */
const operationText = (operation: string): string => {
  try {
    return print(parse(operation, { noLocation: true }))
  } catch {
    return operation
  }
}

const block = (head: string, parts: readonly string[]): string =>
  parts.length === 0 ? `${head} {}` : `${head} {\n${parts.map(indent).join('\n')}\n}`

const printCall = ({ party, operation, variables, entities }: CallView): string => {
  const words = [`service: "${party}"`, ...(variables.length === 0 ? [] : [`variables: [${variables.join(', ')}]`])]
  const wanted = entities.flatMap(({ paths, requires }) => paths.map((path) => `at "${path}": { ${requires} } =>`))
  return block(`Fetch(${words.join(', ')})`, [...wanted, operationText(operation)])
}

/** A plan as text for a terminal, in the manner of `Fetch(service: "residents") { … }`; one line per brace, two spaces per level. */
export const printPlan = (plan: PlanView): string => {
  switch (plan.kind) {
    case 'call':
      return printCall(plan)
    case 'sequence':
      return block('Sequence', plan.steps.map(printPlan))
    case 'parallel':
      return block('Parallel', plan.steps.map(printPlan))
    case 'subscription':
      return block('Subscription', [printPlan(plan.source)])
  }
}
