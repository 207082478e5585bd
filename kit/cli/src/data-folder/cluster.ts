import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

/** The real folder of the embedded database's cluster: for root it may lie outside the data folder. */
export const clusterOf = (dataDir: string): string => {
  try {
    const { clusterDir } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { clusterDir?: string | null }
    if (typeof clusterDir === 'string') return clusterDir
    return realpathSync(join(dataDir, 'postgres'))
  } catch {
    return join(dataDir, 'postgres')
  }
}

/**
 * Stops a database server that outlived its hub; the caller holds the folder's lock, so no hub needs it.
 *
 * The launcher adopts what runs, on every system, and stops that. A server that cannot even be adopted is left to the system.
 */
export const stopLeftoverServer = async (dataDir: string): Promise<void> => {
  if (!existsSync(join(clusterOf(dataDir), 'postmaster.pid'))) return
  const { startEmbeddedPostgres } = await import('@commonhall/shared/postgres')
  const server = await startEmbeddedPostgres({ dataDir }).catch(() => null)
  await server?.stop()
}
