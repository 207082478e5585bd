import { hasRole, importedNames, memberPath, nodesBelow } from './file-kind.js'

const MAX_LINES = 8
const isMutation = ({ expression }) => expression.type === 'CallExpression' && expression.callee.name === 'Mutation'

/** @Mutation methods hand over to a service and stay short: rules of a party live in its service, never at its surface. */
export const mutationCallsService = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'A @Mutation in a resolver calls a service and has at most 8 lines.' },
    messages: {
      noService:
        'The mutation {{name}} calls no service. Import the act from the *.service.js of this capability (or its index.js) and call it.',
      tooLong: 'The mutation {{name}} has {{lines}} lines, at most {{max}} are allowed. Move the rules into the service.',
    },
  },
  create(context) {
    if (!hasRole(context, 'resolver')) return {}
    const { ast, visitorKeys } = context.sourceCode
    const services = importedNames(ast, /(\.service|\/index)\.js$/)
    const callsService = (call) => {
      if (call.type !== 'CallExpression') return false
      const path = memberPath(call.callee)
      return services.has(path[0]) || path.slice(0, -1).some((part) => /service$/i.test(part ?? ''))
    }
    return {
      MethodDefinition(method) {
        if (!method.decorators?.some(isMutation) || !method.value.body) return
        const name = context.sourceCode.getText(method.key)
        const { start, end } = method.value.body.loc
        const lines = Math.max(end.line - start.line - 1, 1)
        if (nodesBelow(method.value.body, callsService, visitorKeys).length === 0) {
          context.report({ node: method.key, messageId: 'noService', data: { name } })
        }
        if (lines > MAX_LINES) context.report({ node: method.key, messageId: 'tooLong', data: { name, lines, max: MAX_LINES } })
      },
    }
  },
}
