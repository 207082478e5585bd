import { InvalidArgumentError } from 'commander'

/** An option that is a port; wrong use otherwise. */
export const parsePort = (text: string): string => {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('a port is a number from 0 to 65535.')
  return text
}
