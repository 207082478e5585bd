import { acts } from './acts.js'
import { agreement } from './agreement.js'
import { claims } from './claims.js'
import { flows } from './flows.js'
import type { RuleText } from './rule.js'
import { unknown } from './unknown.js'
import { words } from './words.js'

const catalogue = { ...agreement, ...claims, ...flows, ...words, ...acts, ...unknown }

/** Code of a rule: stable, the same in findings, pages and `commonhall explain`. */
export type RuleCode = keyof typeof catalogue

/** Every rule of the check, for findings, for the pages and for the proof that each one is needed. */
export const RULES: Readonly<Record<RuleCode, RuleText>> = catalogue

/** Every code the check can report, in the order of the catalogue. */
export const RULE_CODES = Object.keys(catalogue) as RuleCode[]
