/** Languages of the command. */
export type Language = 'zh' | 'en'

/** The language of the person at the terminal, from the usual variables of the locale; English when they say nothing. */
export const languageOf = (environment: Readonly<Record<string, string | undefined>>): Language =>
  /^zh/i.test(environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '') ? 'zh' : 'en'
