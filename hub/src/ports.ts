import { createServer, type AddressInfo } from 'node:net'

import { StartRefusal } from './console/start-refusal.js'

const probe = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen(port, '127.0.0.1', () => {
      const { port: taken } = server.address() as AddressInfo
      server.close(() => resolve(taken))
    })
  })

/** A loopback port that is free now; `wished` 0 picks one. Refuses a taken port with the remedy, before anything was started. */
export const claimPort = async (wished: number): Promise<number> => {
  const port = await probe(wished)
  if (port !== null) return port
  const other = wished < 65_535 ? wished + 1 : wished - 1
  throw new StartRefusal('PORT_IN_USE', 4, {
    zh: `端口 ${wished} 已被占用。请换一个端口:npm start -- --port ${other}`,
    en: `Port ${wished} is taken. Choose another one: npm start -- --port ${other}`,
  })
}
