import type { Paint } from '../check/formats.js'
import type { Terminal } from './terminal.js'

/** Colours for a person at a terminal who has not said NO_COLOR; none in CI and in pipes. */
export const paintFor = async ({ isInteractive, environment }: Terminal): Promise<Paint> => {
  const { createColors } = (await import('picocolors')).default
  return createColors(isInteractive && !environment['NO_COLOR'])
}
