/** Whether the linted file has a role suffix, such as `.resolver.ts`. Windows paths count too. */
export const hasRole = (context, ...roles) => roles.some((role) => context.filename.endsWith(`.${role}.ts`))

/** The name of a call's callee: `f()` → `f`, `a.b.f()` → `f`; undefined for anything computed. */
export function calleeName(call) {
  const { callee } = call
  if (callee.type === 'Identifier') return callee.name
  return callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier' ? callee.property.name : undefined
}

/** `a.b.f` → ['a', 'b', 'f']; `this` counts as a part; undefined parts for anything else. */
export function memberPath(node) {
  if (node.type === 'Identifier') return [node.name]
  if (node.type === 'ThisExpression') return ['this']
  if (node.type === 'ChainExpression') return memberPath(node.expression)
  if (node.type === 'CallExpression') return memberPath(node.callee)
  if (node.type !== 'MemberExpression') return [undefined]
  return [...memberPath(node.object), node.computed || node.property.type !== 'Identifier' ? undefined : node.property.name]
}

/** Every node below a node that a predicate accepts, the node itself included. */
export function nodesBelow(root, accepts, visitorKeys) {
  const found = accepts(root) ? [root] : []
  for (const key of visitorKeys[root.type] ?? []) {
    const children = Array.isArray(root[key]) ? root[key] : [root[key]]
    for (const child of children) if (child) found.push(...nodesBelow(child, accepts, visitorKeys))
  }
  return found
}

/** Local names imported from modules whose address a pattern accepts. */
export function importedNames(program, pattern) {
  return new Set(
    program.body
      .filter(
        (statement) => statement.type === 'ImportDeclaration' && statement.importKind !== 'type' && pattern.test(statement.source.value),
      )
      .flatMap((statement) => statement.specifiers.map((specifier) => specifier.local.name)),
  )
}
