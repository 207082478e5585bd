/** What the command's exit code means, the same for every command; `start` adds 4 (the port is taken). */
export const EXIT = {
  ok: 0,
  /** Refused, or something found is not in order. */
  refused: 1,
  /** Wrong use: an unknown command, option or value. */
  wrongUse: 2,
  /** Could not be done: no hub, no network, no database. */
  impossible: 3,
} as const
