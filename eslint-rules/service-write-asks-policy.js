import { calleeName, hasRole, importedNames, nodesBelow } from './file-kind.js'

const isFunction = (node) => ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node?.type)

/** Name and function of every exported act: functions, arrow constants, and methods of classes and returned objects. */
function exportedFunctions(statement) {
  const declaration = statement.declaration
  if (declaration?.type === 'FunctionDeclaration') return [[declaration.id.name, declaration]]
  if (declaration?.type === 'VariableDeclaration') {
    return declaration.declarations.filter(({ init }) => isFunction(init)).map(({ id, init }) => [id.name, init])
  }
  if (declaration?.type === 'ClassDeclaration') {
    return declaration.body.body.filter(({ type }) => type === 'MethodDefinition').map(({ key, value }) => [key.name, value])
  }
  return []
}

function methodsOfObjects(root, visitorKeys) {
  return nodesBelow(root, (node) => node.type === 'Property' && isFunction(node.value), visitorKeys).map(({ key, value }) => [
    key.name,
    value,
  ])
}

/** No write without a decision: whoever performs an act asks the policy in the same function, or in a local one that it calls. */
export const serviceWriteAsksPolicy = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'A service function that performs an act asks a function of a *.policy.js.' },
    messages: {
      noPolicy:
        '{{name}} performs an act and asks no policy. Import the decision from the *.policy.js of this capability and refuse what it denies.',
    },
  },
  create(context) {
    if (!hasRole(context, 'service')) return {}
    const { ast, visitorKeys } = context.sourceCode
    const policies = importedNames(ast, /\.policy\.js$/)
    const locals = new Map(
      ast.body.flatMap((statement) =>
        statement.type === 'FunctionDeclaration' ? [[statement.id.name, statement]] : exportedFunctions(statement),
      ),
    )
    for (const { declarations } of ast.body.filter(({ type }) => type === 'VariableDeclaration')) {
      for (const { id, init } of declarations) if (isFunction(init)) locals.set(id.name, init)
    }
    /** Names called in a function and, through it, in the local functions it calls. */
    const calledIn = (node, seen = new Set()) => {
      for (const call of nodesBelow(node, ({ type }) => type === 'CallExpression', visitorKeys)) {
        const name = call.callee.type === 'MemberExpression' ? (call.callee.object.name ?? calleeName(call)) : calleeName(call)
        for (const candidate of [name, ...call.arguments.filter(({ type }) => type === 'Identifier').map((argument) => argument.name)]) {
          if (!candidate || seen.has(candidate)) continue
          seen.add(candidate)
          if (locals.has(candidate)) calledIn(locals.get(candidate), seen)
        }
      }
      return seen
    }
    const performsAct = (node) =>
      nodesBelow(
        node,
        (call) =>
          call.type === 'CallExpression' &&
          (calleeName(call) === 'performAct' ||
            (calleeName(call) === 'act' &&
              call.callee.type === 'MemberExpression' &&
              /^(ctx|context)$/.test(call.callee.object.name ?? ''))),
        visitorKeys,
      ).length > 0
    return {
      ExportNamedDeclaration(statement) {
        const functions = exportedFunctions(statement)
        // createXService(deps) returns an object of acts: each of them is judged, not the maker.
        const acts = functions.flatMap(([name, node]) => {
          const methods = methodsOfObjects(node, visitorKeys).filter(([, method]) => performsAct(method))
          return methods.length > 0 && /^create/.test(name ?? '') ? methods : [[name, node]]
        })
        for (const [name, node] of acts) {
          if (!performsAct(node)) continue
          if (![...calledIn(node)].some((called) => policies.has(called))) context.report({ node, messageId: 'noPolicy', data: { name } })
        }
      },
    }
  },
}
