import type { Log } from '../observe/operation-log.js'
import { findImpossibleFields, type ImpossibleField } from '../planning/impossible-fields.js'
import type { Release } from '../release.js'

/** Requests come first: a release that has just begun to serve compiles what its clients ask. */
const REST_BEFORE_MS = 2000
/** A supergraph that is larger than this many plans reach is looked at in part. */
const MAX_PLANS = 20_000
/** As much as fits a line of the log. */
const MAX_TOLD = 20

const told = (found: readonly ImpossibleField[]): string =>
  found
    .slice(0, MAX_TOLD)
    .map(({ coordinate, from }) => `${coordinate} below ${from}`)
    .join('; ')

/**
 * Warns the operator of fields that no operation can reach, some time after a release began to serve; those who ask for them are
 * refused with PLAN_IMPOSSIBLE. Meant for supergraphs of other composers: ours refuses such schemas itself.
 *
 * Costs about a second of CPU for 100 KB, in parts of a few milliseconds. Aborting `signal` ends it; nothing is thrown.
 */
export const tellImpossibleFields = (
  release: Pick<Release, 'id' | 'canonicalSdl' | 'schema'>,
  log: Log,
  signal: AbortSignal,
  restMs: number = REST_BEFORE_MS,
): Promise<void> =>
  new Promise((resolve) => {
    const look = async (): Promise<void> => {
      try {
        const found = await findImpossibleFields(release.canonicalSdl, { schema: release.schema, signal, maxPlans: MAX_PLANS })
        if (found.length > 0 && !signal.aborted)
          log.warn({ release: release.id, count: found.length, detail: told(found) }, 'fields that no operation can reach')
      } catch (error) {
        log.error({ error }, 'looking for fields that no operation can reach has failed')
      }
      resolve()
    }
    const rest = setTimeout(() => void look(), restMs).unref()
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(rest)
        resolve()
      },
      { once: true },
    )
  })
