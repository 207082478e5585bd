import { parseArgs } from 'node:util'

export const USAGE = `npm run bench -- [options]
  --scale 1,10      sizes of the street, the first is the base of the ratio (0.005 to 100)
  --iterations N    operations of each reading scenario and size at most (default 200; lives of a suggestion: a tenth)
  --seconds N       measuring time of a scenario at most (default 14); it ends by whichever comes first
  --minutes N       whole run at most, as far as loading allows (default 6): later scenarios get less time, each at least a second
  --only WORD,WORD  scenarios whose key holds one of the words
  --json FILE       writes the figures as JSON, too
  --plans MS        also prints the plans of SQL statements slower than MS (slows everything else down a little)`

const usageError = (message) => Object.assign(new Error(`${message}\n\n${USAGE}`), { isUsage: true })

const numberOf = (name, text, lowest, highest) => {
  const value = Number(text)
  if (!(value >= lowest && value <= highest)) throw usageError(`--${name} must be from ${lowest} to ${highest}, not "${text}"`)
  return value
}

const FLAGS = {
  scale: { type: 'string', default: '1,10' },
  iterations: { type: 'string', default: '200' },
  minutes: { type: 'string', default: '6' },
  seconds: { type: 'string', default: '14' },
  only: { type: 'string', default: '' },
  json: { type: 'string' },
  plans: { type: 'string' },
  help: { type: 'boolean', default: false },
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
  const scales = values.scale.split(',').map((text) => numberOf('scale', text, 0.005, 100))
  return {
    scales,
    iterations: Math.round(numberOf('iterations', values.iterations, 1, 100_000)),
    minutes: numberOf('minutes', values.minutes, 0.1, 600),
    seconds: numberOf('seconds', values.seconds, 0.1, 3600),
    only: values.only.split(',').filter((word) => word !== ''),
    json: values.json ?? null,
    plansMs: values.plans === undefined ? null : numberOf('plans', values.plans, 0, 60_000),
  }
}
