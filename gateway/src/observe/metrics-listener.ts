import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where metrics are offered. */
export interface MetricsAddress {
  /** 0 picks a free one. */
  readonly port: number
  /** Loopback unless said: metrics tell who uses the hub how much, and are for its operator. */
  readonly host?: string
}

/** A listener of its own, never the public door. */
export interface MetricsListener {
  readonly port: number
  close(): Promise<void>
}

/** Opens `GET /metrics` for a scraper, and nothing else. Rejects when the port is taken. */
export const openMetricsListener = async (
  { port, host = '127.0.0.1' }: MetricsAddress,
  metrics: { readonly contentType: string; text(): Promise<string> },
): Promise<MetricsListener> => {
  const server = createServer((request, response) => {
    request.resume()
    const path = (request.url ?? '').split('?', 1)[0]
    if (path !== '/metrics') return void response.writeHead(404).end()
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end()
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType, 'content-length': Buffer.byteLength(text) }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  // A scraper asks every few seconds; it is one or two of them.
  server.maxConnections = 20
  server.requestTimeout = 5000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
