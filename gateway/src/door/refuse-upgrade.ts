import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/**
 * Answers an upgrade with a plain HTTP status, and lets the connection go.
 *
 * From an upgrade on nobody but us listens to the socket: a client that resets the line would end the process, and one that never
 * ends its side would keep half of it for ever.
 */
export const refuseUpgrade = (socket: Duplex, status: number, headers = ''): void => {
  socket.on('error', () => undefined)
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${headers}connection: close\r\ncontent-length: 0\r\n\r\n`)
}
