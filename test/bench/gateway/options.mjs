import { parseArgs } from 'node:util'

import { CONTESTANTS } from './contestants.mjs'
import { QUERIES } from './world/queries.mjs'

export const USAGE = `npm run bench:gateway -- [options]
  --quick             at most three minutes: three short rounds at 10 connections
  --only WORD,WORD    gateways whose name holds one of the words (${Object.keys(CONTESTANTS).join(', ')})
  --query NAME,NAME   of ${Object.keys(QUERIES).join(', ')} (default all)
  --connections N,N   connections of the closed loop (default 1,10,50)
  --rounds N          rounds in which all take turns (default 5)
  --seconds N         length of a round of one gateway, query and number of connections (default 2)
  --sharing           calls in flight may be shared, for those that can: reported apart, never mixed with a run without it
  --node-args TEXT    flags of Node for our own gateways, to try what they cost and save
  --json FILE         writes { runs: [one row per round] }
  --cold              instead: what a document costs that was never seen before
  --soak              instead: 1,000 distinct documents again and again, and the memory meanwhile (--minutes N, default 2)
  --profile           instead: where the CPU time of the Node gateways goes, by function (--seconds N of load for each query)`

const usageError = (message) => Object.assign(new Error(`${message}\n\n${USAGE}`), { isUsage: true })

const FLAGS = {
  ...{
    quick: { type: 'boolean', default: false },
    sharing: { type: 'boolean', default: false },
    cold: { type: 'boolean', default: false },
  },
  ...{ soak: { type: 'boolean', default: false }, profile: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  ...{ only: { type: 'string', default: '' }, query: { type: 'string', default: '' }, connections: { type: 'string' } },
  ...{
    'node-args': { type: 'string', default: '' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    minutes: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
}

const numberOf = (name, text, lowest, highest) => {
  const value = Number(text)
  if (!(value >= lowest && value <= highest)) throw usageError(`--${name} must be from ${lowest} to ${highest}, not "${text}"`)
  return value
}

const words = (text) => text.split(',').filter((word) => word !== '')

const gatewaysOf = (wanted) => {
  const names = Object.keys(CONTESTANTS)
  // A whole name means that one alone: "grafbase" is one, and so is "commonhall" beside "commonhall-local".
  const chosen = names.filter(
    (name) => wanted.length === 0 || wanted.some((word) => (names.includes(word) ? name === word : name.includes(word))),
  )
  if (chosen.length === 0) throw usageError(`--only: no gateway is called ${wanted.join(' or ')}`)
  return chosen
}

const queriesOf = (wanted) => {
  const unknown = wanted.filter((word) => !Object.hasOwn(QUERIES, word))
  if (unknown.length > 0) throw usageError(`--query: there is no ${unknown.join(', ')}`)
  return wanted.length === 0 ? Object.keys(QUERIES) : wanted
}

/** Reads the command line; null when help was asked for. Throws an error with `isUsage` for anything it does not understand. */
export const readOptions = (args) => {
  let values
  try {
    ;({ values } = parseArgs({ args, options: FLAGS }))
  } catch (error) {
    throw usageError(error.message)
  }
  if (values.help) return null
  const modes = ['cold', 'soak', 'profile'].filter((mode) => values[mode])
  if (modes.length > 1) throw usageError(`--${modes.join(' and --')} are different runs`)
  const { quick } = values
  return {
    mode: modes[0] ?? 'compare',
    isQuick: quick,
    isSharing: values.sharing,
    gateways: gatewaysOf(words(values.only)),
    queries: queriesOf(words(values.query)),
    connections: words(values.connections ?? (quick ? '10' : '1,10,50')).map((text) => numberOf('connections', text, 1, 1000)),
    rounds: numberOf('rounds', values.rounds ?? (quick ? 3 : 5), 1, 1000),
    // Null: as long as three minutes allow.
    seconds: values.seconds === undefined ? (quick ? null : 2) : numberOf('seconds', values.seconds, 0.1, 600),
    minutes: numberOf('minutes', values.minutes, 0.1, 120),
    nodeArgs: values['node-args'].split(' ').filter((flag) => flag !== ''),
    json: values.json ?? null,
  }
}
