import type { TSESLint } from '@typescript-eslint/utils'

type HouseRule =
  'decorator-states-type' | 'mutation-calls-service' | 'no-process-env-outside-config' | 'no-unthrown-error' | 'service-write-asks-policy'

/** For the tests, which are TypeScript; the rules are plain JavaScript, since eslint.config.js loads them without a build. */
export const rules: Readonly<Record<HouseRule, TSESLint.RuleModule<string>>>
