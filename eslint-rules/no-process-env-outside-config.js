const READERS = [
  /(^|\/)config\.ts$/,
  /(^|\/)main\.ts$/,
  /(^|\/)shared\/src\/config\//,
  /(^|\/)kit\/cli\//,
  /(^|\/)scripts\//,
  /(^|\/)test\//,
  /\.test\.ts$/,
]
const isEnv = (property) => (property.type === 'Identifier' ? property.name === 'env' : property.value === 'env')

/** The environment has one reader per process: what a file needs, its caller gives it. */
export const noProcessEnvOutsideConfig = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'Only config.ts and main.ts read process.env.' },
    messages: { elsewhere: 'process.env is read in config.ts and main.ts only. Take the value as an argument of createX(deps).' },
  },
  create(context) {
    const file = context.filename.replaceAll('\\', '/')
    if (READERS.some((pattern) => pattern.test(file))) return {}
    return {
      MemberExpression(node) {
        if (node.object.type === 'Identifier' && node.object.name === 'process' && isEnv(node.property)) {
          context.report({ node, messageId: 'elsewhere' })
        }
      },
      VariableDeclarator({ id, init }) {
        if (id.type !== 'ObjectPattern' || init?.type !== 'Identifier' || init.name !== 'process') return
        for (const property of id.properties) {
          if (property.type === 'Property' && isEnv(property.key)) context.report({ node: property, messageId: 'elsewhere' })
        }
      },
      ImportDeclaration({ source, specifiers }) {
        if (!/^(node:)?process$/.test(source.value)) return
        for (const specifier of specifiers) {
          if (specifier.type === 'ImportSpecifier' && specifier.imported.name === 'env')
            context.report({ node: specifier, messageId: 'elsewhere' })
        }
      },
    }
  },
}
