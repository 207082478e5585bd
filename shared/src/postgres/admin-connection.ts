import { Client } from 'pg'

const CONNECT_TIMEOUT_MS = 15_000

/** Opens one plain connection for administration, hands it to `work` and closes it whatever happens. */
export const withAdmin = async <T>(adminUrl: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({
    connectionString: adminUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'commonhall-admin',
  })
  // A server that goes away while the connection idles must not end the process; the next statement fails by itself.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
