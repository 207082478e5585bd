import { collectDefaultMetrics, Registry } from 'prom-client'

let registry: Registry | null = null

/**
 * The process's own metrics: memory, CPU, delay of the event loop, garbage collection. One registry for all gateways of a process,
 * made when the first one wants it: its observers cannot be taken away again.
 */
export const processMetrics = (): Registry => {
  if (registry === null) {
    registry = new Registry()
    collectDefaultMetrics({ register: registry })
  }
  return registry
}
