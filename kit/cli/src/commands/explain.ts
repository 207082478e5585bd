import { nearestTo } from '../explain/nearest.js'
import { asExplanation } from '../explain/explanation.js'
import { paintFor } from '../console/paint.js'
import type { Terminal } from '../console/terminal.js'
import { EXIT } from '../exit-codes.js'

/** Prints the page of a rule's code. An unknown code is wrong use, answered with the codes that look like it. */
export const explain = async (given: string, options: { readonly lang?: Terminal['language'] }, terminal: Terminal): Promise<number> => {
  const { explainRule, RULE_CODES } = await import('@commonhall/shared/charter')
  const language = options.lang ?? terminal.language
  const wanted = given.toUpperCase().replaceAll('-', '_')
  const code = RULE_CODES.find((one) => one === wanted)
  if (code === undefined) {
    const near = nearestTo(wanted, RULE_CODES).join(', ')
    terminal.tell(language === 'zh' ? `✗ 没有代码 ${given}。相近的有：${near}` : `✗ There is no code ${given}. Near to it: ${near}`)
    return EXIT.wrongUse
  }
  terminal.print(asExplanation(explainRule(code), language, await paintFor(terminal)))
  return EXIT.ok
}
