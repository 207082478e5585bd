/** `new Error(…)` as a statement of its own does nothing: somebody forgot `throw`, and the act went on. */
export const noUnthrownError = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'An error that is made is thrown, returned or passed on.' },
    messages: { unthrown: '{{name}} is made and dropped. Throw it, return it, or remove it.' },
  },
  create(context) {
    return {
      ExpressionStatement({ expression }) {
        const made = expression.type === 'AwaitExpression' ? expression.argument : expression
        if (made.type !== 'NewExpression' && made.type !== 'CallExpression') return
        const name = made.callee.type === 'MemberExpression' ? made.callee.property.name : made.callee.name
        // Plain calls count when the callee is a class by its name: Error('x') is the same as new Error('x').
        if (/^[A-Z]\w*Error$|^Error$/.test(name ?? '')) context.report({ node: expression, messageId: 'unthrown', data: { name } })
      },
    }
  },
}
