import type { Rule } from 'eslint'

type HouseRule =
  'decorator-states-type' | 'mutation-calls-service' | 'no-process-env-outside-config' | 'no-unthrown-error' | 'service-write-asks-policy'

/** For the tests, which are TypeScript; the rules are plain JavaScript, since eslint.config.js loads them without a build. */
export const rules: Readonly<Record<HouseRule, Rule.RuleModule>>
