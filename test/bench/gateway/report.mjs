import { cpus, loadavg, totalmem } from 'node:os'

import { verdictLines } from './goals.mjs'
import { ratioOf, spreadOf } from './ratios.mjs'

const OURS = ['commonhall', 'commonhall-local']
const PEERS = ['apollo-gateway', 'hive-gateway-rust', 'grafbase', 'monolith']

/** What it ran on, and how busy it was with other things: figures without it say little. */
export const machineLine = () => {
  const busy = loadavg()[0]
  const note = busy > 1.5 ? ' BUSY: only ratios mean anything' : ''
  return `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, load ${busy.toFixed(1)}${note}`
}

const align = (rows) => {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const [head, ...body] = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '),
  )
  return [head, '-'.repeat(head.length), ...body]
}

const medianOf = (rows, key) => spreadOf(rows.map((row) => row[key]))?.median ?? Number.NaN

const figureRow = (name, rows) => {
  const cpu = medianOf(rows, 'cpuMsPerRequest')
  const rig = medianOf(rows, 'rigShare')
  return [
    name,
    cpu.toFixed(cpu < 1 ? 3 : 2),
    medianOf(rows, 'rps').toFixed(0),
    medianOf(rows, 'p50Ms').toFixed(1),
    medianOf(rows, 'p99Ms').toFixed(1),
    medianOf(rows, 'rssMb').toFixed(0),
    medianOf(rows, 'callsPerRequest').toFixed(1),
    `${(rig * 100).toFixed(0)} %${rig > 0.85 ? ' !' : ''}`,
  ]
}

const HEAD = ['gateway', 'CPU ms/request', 'requests/s', 'p50 ms', 'p99 ms', 'RSS MB', 'calls', 'rig']

const written = (ratio) => (ratio === null ? '–' : `${ratio.median.toFixed(2)} (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})`)

const ratioRows = (rows, cell) =>
  OURS.filter((ours) => rows.some(({ gateway }) => gateway === ours)).flatMap((ours) =>
    [
      ['CPU', 'cpuMsPerRequest'],
      ['throughput', 'rps'],
    ].map(([title, of]) => [`${ours}, ${title}`, ...PEERS.map((peer) => written(ratioOf(rows, { ...cell, ours, peer, of })))]),
  )

const cellsOf = (rows) => {
  const seen = new Map(rows.map(({ query, connections }) => [`${query} ${connections}`, { query, connections }]))
  return [...seen.values()]
}

/** The figures for people: medians by query and connections, then how many times better we are, paired by round, with quartiles. */
export const tableOf = (rows, { bytes, rounds }) => {
  const names = [...new Set(rows.map(({ gateway }) => gateway))]
  const parts = cellsOf(rows).flatMap((cell) => {
    const own = rows.filter(({ query, connections }) => query === cell.query && connections === cell.connections)
    const figures = names.map((name) => [name, own.filter(({ gateway }) => gateway === name)]).filter(([, found]) => found.length > 0)
    const ratios = ratioRows(own, cell)
    return [
      '',
      `${cell.query} (${bytes[cell.query]} bytes), ${cell.connections} connections, medians of ${rounds} rounds`,
      ...align([HEAD, ...figures.map(([name, found]) => figureRow(name, found))]),
      ...(ratios.length === 0 ? [] : ['', ...align([['× better than', ...PEERS], ...ratios])]),
    ]
  })
  const verdicts = verdictLines(rows)
  return [...parts, ...(verdicts.length === 0 ? [] : ['', 'Goals (10 connections):', ...verdicts.map((line) => `- ${line}`)])].join('\n')
}

const KEYS = ['gateway', 'query', 'connections', 'cpuMsPerRequest', 'rps', 'p50Ms', 'p99Ms', 'rssMb']
const rounded = (value) => (typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value)

/** The figures for programs: one row per round, these fields and no others. */
export const jsonOf = (rows) => ({ runs: rows.map((row) => Object.fromEntries(KEYS.map((key) => [key, rounded(row[key])]))) })
