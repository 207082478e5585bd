import { afterAll, describe, it } from '@jest/globals'
import { RuleTester } from 'eslint'
import tseslint from 'typescript-eslint'
import { rules } from '../../../eslint-rules/index.js'

/** A piece of code and the file it stands in; rules judge by role, so the name matters. */
export interface Sample {
  readonly name: string
  readonly filename: string
  readonly code: string
}

/** Code that breaks a rule, and how: ids of the rule's messages in the order of lines. */
export interface Breach extends Sample {
  readonly messageIds: readonly string[]
}

Object.assign(RuleTester, { describe, it, itOnly: it, afterAll })

/** Runs one house rule over TypeScript samples; each sample becomes one test of its own name. */
export function testHouseRule(
  name: keyof typeof rules,
  samples: { readonly accepted: readonly Sample[]; readonly refused: readonly Breach[] },
): void {
  const tester = new RuleTester({ languageOptions: { parser: tseslint.parser as object } as never })
  tester.run(`house/${name}`, rules[name], {
    valid: samples.accepted.map((sample) => ({ ...sample, name: `accepts ${sample.name}` })),
    invalid: samples.refused.map(({ messageIds, ...sample }) => ({
      ...sample,
      name: `refuses ${sample.name}`,
      errors: messageIds.map((messageId) => ({ messageId })),
    })),
  })
}
