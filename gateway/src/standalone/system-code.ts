/** The system's code of a failure (`ENOENT`), whatever realm its error is from; `unknown` for any other. */
export const systemCodeOf = (failure: unknown): string =>
  typeof failure === 'object' && failure !== null && 'code' in failure ? String(failure.code) : 'unknown'
