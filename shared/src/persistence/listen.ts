import pg from 'pg'

/**
 * Listens on a channel with a connection of its own and reconnects after 1 s when it breaks; `wake` is called at once after
 * a reconnect, because what was notified meanwhile is lost.
 */
export const listenTo = async (url: string, channel: string, applicationName: string, wake: () => void): Promise<() => Promise<void>> => {
  let isClosed = false
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | null = null
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: `${applicationName}.listen`, connectionTimeoutMillis: 5_000 })
    next.on('notification', wake)
    next.on('error', () => undefined)
    next.on('end', retryLater)
    await next.connect()
    await next.query(`listen ${channel}`)
    // Closed while it was connecting: nobody else would ever end this connection.
    if (isClosed) return next.end()
    client = next
    wake()
  }
  const retryLater = (): void => {
    client = null
    if (isClosed || timer !== null) return
    timer = setTimeout(() => {
      timer = null
      connect().catch(retryLater)
    }, 1_000)
    timer.unref()
  }
  await connect().catch(retryLater)
  return async () => {
    isClosed = true
    if (timer !== null) clearTimeout(timer)
    await client?.end().catch(() => undefined)
  }
}
