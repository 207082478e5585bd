import { importedNames } from './file-kind.js'

const GRAPHQL_DECORATORS = new Set(['Field', 'Query', 'Mutation', 'Subscription', 'FieldResolver', 'Arg', 'Args'])
const COLUMN_DECORATORS = new Set(['Column', 'PrimaryColumn'])

/** `() => X`, or a name that stands for such a function: the ways type-graphql takes a type. */
const isTypeThunk = (node) => ['ArrowFunctionExpression', 'FunctionExpression', 'Identifier'].includes(node?.type)
const isColumnType = (node) =>
  (node?.type === 'Literal' && typeof node.value === 'string') ||
  (node?.type === 'ObjectExpression' && node.properties.some((property) => property.key?.name === 'type')) ||
  (node?.type === 'Identifier' && node.name !== 'undefined')

/** Decorator metadata is off, so a type that is not stated is not known: it would fail at start, or worse, be guessed. */
export const decoratorStatesType = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'Decorators of type-graphql and typeorm state their type.' },
    messages: {
      graphql: '@{{name}} states no type. Write it as a function: @{{name}}({{example}}).',
      column: "@{{name}} states no type. Write it: @{{name}}({ type: 'text' }).",
    },
  },
  create(context) {
    const fromGraphql = importedNames(context.sourceCode.ast, /^type-graphql$/)
    const fromTypeorm = importedNames(context.sourceCode.ast, /^typeorm$/)
    return {
      Decorator(node) {
        const isCall = node.expression.type === 'CallExpression'
        const name = isCall ? node.expression.callee.name : node.expression.name
        const given = isCall ? node.expression.arguments : []
        if (fromGraphql.has(name) && GRAPHQL_DECORATORS.has(name)) {
          // @Arg takes the argument's name first; @FieldResolver takes its type from the field when it is given none.
          const typeArgument = name === 'Arg' ? given[1] : given[0]
          if (name === 'FieldResolver' && given.length === 0) return
          const example = name === 'Arg' ? "'name', () => String" : '() => String'
          if (!isTypeThunk(typeArgument)) context.report({ node, messageId: 'graphql', data: { name, example } })
        }
        if (fromTypeorm.has(name) && COLUMN_DECORATORS.has(name) && !isColumnType(given[0])) {
          context.report({ node, messageId: 'column', data: { name } })
        }
      },
    }
  },
}
