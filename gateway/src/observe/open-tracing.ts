import { createTracing, type TelemetryApi, type Tracing } from './tracing.js'

/** Where the API of OpenTelemetry, version 1, keeps what the process has registered. */
const REGISTERED = Symbol.for('opentelemetry.js.api.1')

const hasProvider = (): boolean => {
  const registered = (globalThis as Record<symbol, unknown>)[REGISTERED]
  return typeof registered === 'object' && registered !== null && 'trace' in registered && registered.trace !== undefined
}

/** No dependency: whoever traces has the package anyway, because a provider needs it. */
const importApi = async (): Promise<TelemetryApi> => {
  const name = '@opentelemetry/api'
  try {
    return (await import(name)) as TelemetryApi
  } catch (cause) {
    throw new Error(`Tracing is on, but the package ${name} is not installed.`, { cause })
  }
}

/** Whether operations are traced: `on`, `off`, or with the API that is given. */
export type TracingSetting = 'on' | 'off' | TelemetryApi

/**
 * Tracing as set; unless said, on when a provider is registered in this process, as `node --import` of an SDK does it. Null: off,
 * and nothing of OpenTelemetry is loaded. Rejects when it is on without the package.
 */
export const openTracing = async (setting: TracingSetting | undefined): Promise<Tracing | null> => {
  if (setting === 'off' || (setting === undefined && !hasProvider())) return null
  return createTracing(typeof setting === 'object' ? setting : await importApi())
}
