import { cpus, totalmem } from 'node:os'

import { PARTY_NAMES } from '@commonhall/harness'

/** What the ratio of the second size to the first should not exceed (issue "The hall stands", section Speed). */
const GOALS = { page: 1.3, indicator: 2 }

/** What it ran on; figures without it say little. */
export const machine = (postgres) => ({
  node: process.version,
  postgres,
  cpus: cpus().length,
  cpu: cpus()[0]?.model ?? 'unknown',
  memoryGb: Math.round(totalmem() / 2 ** 30),
})

const verdict = ({ goal, ratio }) =>
  goal === null || ratio === null ? '' : ratio <= GOALS[goal] ? `ok (≤ ${GOALS[goal]})` : `over (> ${GOALS[goal]})`

const statementsOf = ({ sum, byParty }) => `${sum} (${PARTY_NAMES.map((party) => `${party[0]} ${byParty[party]}`).join(', ')})`

const rowsOf = (result) => {
  if (result.error !== undefined) return [[result.title, '', '', '', '', '', '', `failed: ${result.error.slice(0, 300)}`]]
  return result.sizes.flatMap((size, index) =>
    Object.entries(size.ms).map(([part, { p50, p99 }]) => {
      const isTotal = part === 'total'
      const isLast = isTotal && index === result.sizes.length - 1 && result.sizes.length > 1
      return [
        isTotal ? (index === 0 ? result.title : '') : `  of it ${part}`,
        `× ${size.scale}`,
        p50.toFixed(1),
        p99.toFixed(1),
        String(size.count),
        size.statements[part] === undefined ? '' : statementsOf(size.statements[part]),
        isTotal ? String(size.fetches) : '',
        [...(isLast ? [`${result.ratio.toFixed(2)} ${verdict(result)}`] : []), ...(isTotal && size.note ? [size.note] : [])].join('; '),
      ]
    }),
  )
}

const HEAD = ['scenario', 'street', 'p50 ms', 'p99 ms', 'n', 'SQL statements (by party)', 'calls', 'ratio of p50']
const RIGHT = new Set([2, 3, 4, 6])

const align = (rows) => {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows.map((row) =>
    row
      .map((cell, column) => (RIGHT.has(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd(),
  )
}

const seedLines = ({ seeds }) =>
  seeds.map(({ scale, seededMs, bytes, parties }) => {
    const each = parties.map(({ party, ms, rows }) => `${party} ${(ms / 1000).toFixed(1)} s (${rows.toLocaleString('en')} rows)`).join(', ')
    return `street × ${scale}: loaded in ${(seededMs / 1000).toFixed(1)} s, ${Math.round(bytes / 1e6)} MB: ${each}`
  })

/** The figures for people. Statements are those that do work; transaction control and the setting of the row-security party are not counted. */
export const tableOf = (report) => {
  const { machine: on, results, totalMs } = report
  const lines = align([HEAD, ...results.flatMap(rowsOf)])
  return [
    '',
    `Node ${on.node}, PostgreSQL ${on.postgres}, ${on.cpus} × ${on.cpu}, ${on.memoryGb} GB`,
    ...seedLines(report),
    '',
    ...[lines[0], '-'.repeat(lines[0].length), ...lines.slice(1)],
    '',
    'One client over real HTTP, sizes take turns. n: measured operations; calls: from the gateway to parties per operation.',
    `Letters: ${PARTY_NAMES.map((party) => `${party[0]} ${party}`).join(', ')}. Goals: pages ≤ ${GOALS.page}, indicators ≤ ${GOALS.indicator}. Took ${Math.round(totalMs / 1000)} s.`,
    '',
  ].join('\n')
}
