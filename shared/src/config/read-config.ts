import type { z } from 'zod'

/** Thrown at the start of a process when its environment is wrong; lists every fault at once. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

/**
 * Reads one typed, frozen configuration from the environment.
 *
 * A variable that starts with `prefix` and is not in the model refuses the start: a misspelt setting must not be silently ignored.
 */
export const readConfig = <Shape extends z.ZodObject>(
  model: Shape,
  environment: Readonly<Record<string, string | undefined>>,
  prefix = 'COMMONHALL_',
): Readonly<z.infer<Shape>> => {
  const known = new Set(Object.keys(model.shape))
  const unknown = Object.keys(environment)
    .filter((name) => name.startsWith(prefix) && !known.has(name))
    .map((name) => `${name} is not a setting of this process; remove it or correct its name (see .env.example).`)
  // An empty variable is an absent one, as shells and compose files mean it.
  const given = Object.fromEntries([...known].map((name) => [name, environment[name] === '' ? undefined : environment[name]]))
  const parsed = model.safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  if (unknown.length > 0 || !parsed.success) throw new ConfigError([...faults, ...unknown])
  return Object.freeze(parsed.data)
}
