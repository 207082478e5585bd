/** One line of the doctor's report. */
export interface Finding {
  /** Stable name for programs: `node`, `disk`, `party.government`, … */
  readonly check: string
  readonly state: 'ok' | 'note' | 'fault'
  readonly zh: string
  readonly en: string
  /** What to do about it; absent when nothing is to be done. */
  readonly remedy?: { readonly zh: string; readonly en: string }
}

/** A line that needs nothing. */
export const ok = (check: string, zh: string, en: string): Finding => ({ check, state: 'ok', zh, en })

/** Something to know that is no fault, such as a hub that does not run. */
export const note = (check: string, zh: string, en: string, remedy?: Finding['remedy']): Finding => ({
  check,
  state: 'note',
  zh,
  en,
  remedy,
})

/** Something that keeps the hub from working, with its remedy. */
export const fault = (check: string, zh: string, en: string, remedy: NonNullable<Finding['remedy']>): Finding => ({
  check,
  state: 'fault',
  zh,
  en,
  remedy,
})
