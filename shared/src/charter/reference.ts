import { allowedBy } from './grants.js'
import type { Charter, Grant, GrantKind, PartyCharter } from './model.js'

const codes = (names: Iterable<string>): string => [...names].map((name) => `\`${name}\``).join(' · ') || '–'
const cell = (text: string): string => text.replaceAll('|', '\\|')

const DEEDS: Readonly<Record<GrantKind, string>> = {
  extend: 'adds fields to',
  receive: 'receives',
  override: 'answers in its stead',
  hide: 'hides',
  implement: 'implements or joins',
}

function grantLines(grant: Grant): string[] {
  const { to, purpose, from, until, revoked } = grant
  const terms = Object.entries({ purpose, from, until, revoked }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${value}`],
  )
  const end = terms.length > 0 ? ` (${terms.join(', ')})` : ''
  return allowedBy(grant).map(({ kind, coordinates }) => `- \`${to}\` ${DEEDS[kind]} ${codes(coordinates)}${end}`)
}

function partySection({ party, kind, title, types, queries, subscriptions, acts, grants }: PartyCharter): string[] {
  return [
    `## ${title.zh} ${title.en}`,
    '',
    `Party \`${party}\`, kind \`${kind}\`, agreed in [charter/${party}.yaml](../../charter/${party}.yaml).`,
    '',
    `**拥有的类型 Types it owns:** ${codes(types.keys())}`,
    '',
    `**拥有的查询 Root fields it owns:** ${codes([...queries.keys(), ...subscriptions.keys()])}`,
    '',
    '| 职能 Act | Mutation | 做什么 What it does | 由谁 By | 依据 Basis |',
    '| --- | --- | --- | --- | --- |',
    ...acts.map(
      (act) =>
        `| \`${act.code}\` | \`${act.mutation}\` | ${cell(act.title.zh)}<br>${cell(act.title.en)} | ${act.by.join(', ')} | ` +
        `${cell(act.basis.zh)}<br>${cell(act.basis.en)} |`,
    ),
    '',
    '**允许他方 What it allows others:**',
    '',
    ...(grants.length > 0 ? grants.flatMap(grantLines) : ['- nothing yet']),
    '',
  ]
}

/** The charter as a page of the documentation (Markdown, both languages), the parties in the order of their file names. */
export function charterReference({ commons, parties }: Charter): string {
  return [
    '# 章程 The charter',
    '',
    'Generated from `charter/` by `npm run generate`; do not edit. Each party performs its own functions: what it owns, nobody else defines or',
    'writes. Editors check the files against [charter/schema.json](../../charter/schema.json).',
    '',
    ...parties.flatMap(partySection),
    `## ${commons.title.zh} ${commons.title.en}`,
    '',
    'Nobody owns these alone. They are defined alike wherever they are defined ([charter/commons.yaml](../../charter/commons.yaml)).',
    '',
    `**标量 Scalars:** ${codes(commons.scalars.keys())}`,
    '',
    `**指令 Directives:** ${codes([...commons.directives.keys()].map((name) => `@${name}`))}`,
    '',
    `**类型 Types:** ${codes(commons.types.keys())}`,
    '',
  ].join('\n')
}
