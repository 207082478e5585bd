/** One line of the catalogue: HTTP status where it becomes one, level of the log line, sentence and remedy in both languages. */
export interface ErrorEntry {
  readonly status: number
  readonly logLevel: 'info' | 'warn' | 'error'
  readonly zh: string
  readonly en: string
  readonly remedy: { readonly zh: string; readonly en: string }
}
