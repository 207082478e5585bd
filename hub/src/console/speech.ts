/** One sentence for people, in both languages. */
export interface Speech {
  readonly zh: string
  readonly en: string
}

/** The language of the person at the terminal, from the usual variables of the locale; English when they say nothing. */
export const languageOf = (environment: Readonly<Record<string, string | undefined>>): 'zh' | 'en' =>
  /^zh/i.test(environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '') ? 'zh' : 'en'
