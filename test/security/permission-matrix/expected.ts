import type { ActName } from '../../stories/suggestion-life/documents.js'

/** The columns: nobody, the author, residents, and each office with its counterpart elsewhere. */
export const PEOPLE = [
  'anonymous',
  'resident',
  'neighbour',
  'residentOfOther',
  'clerk',
  'cadre',
  'cadreOfOther',
  'officer',
  'officerOfOther',
  'worker',
  'workerOfOther',
  'auditor',
] as const
export type PersonName = (typeof PEOPLE)[number]

type Row = Readonly<Record<PersonName, string>>

const NO = 'NOT_YOUR_FUNCTION'
const NOBODY: Row = Object.fromEntries(PEOPLE.map((name) => [name, NO])) as Row

/** An act of staff: one office may, its counterpart elsewhere is told `elsewhere`, nobody else has this function. */
const only = (office: PersonName, counterpart: PersonName, elsewhere: string): Row => ({
  ...NOBODY,
  anonymous: 'UNAUTHENTICATED',
  [office]: 'DONE',
  [counterpart]: elsewhere,
})
const committeeAct = only('cadre', 'cadreOfOther', 'NOT_YOUR_RECORD')
const caseAct = only('officer', 'officerOfOther', 'NOT_YOUR_RECORD')
const referralAct = only('worker', 'workerOfOther', 'NOT_YOUR_RECORD')
/** Before an answer there is only the own desk: what was never routed to one does not exist for one. */
const caseAnswer = only('officer', 'officerOfOther', 'NOT_FOUND')
const referralAnswer = only('worker', 'workerOfOther', 'NOT_FOUND')

/** An act of the author, also without signing in (by the follow code, which a stranger does not have). */
const authorAct: Row = {
  ...NOBODY,
  anonymous: 'NOT_VERIFIED',
  resident: 'DONE',
  neighbour: 'NOT_YOUR_RECORD',
  residentOfOther: 'NOT_YOUR_RECORD',
}

/** Who may do what of W1 in community 1, and what everybody else is told. */
export const EXPECTED: Readonly<Record<ActName, Row>> = {
  submitSuggestion: { ...NOBODY, anonymous: 'NOT_VERIFIED', resident: 'DONE', neighbour: 'DONE', residentOfOther: 'NOT_ELIGIBLE' },
  recordSuggestionFor: { ...NOBODY, anonymous: 'UNAUTHENTICATED', clerk: 'DONE', cadre: 'DONE', cadreOfOther: 'NOT_YOUR_RECORD' },
  // The author stands behind the own entry already.
  supportSuggestion: {
    ...NOBODY,
    anonymous: 'UNAUTHENTICATED',
    resident: 'ALREADY_DONE',
    neighbour: 'DONE',
    residentOfOther: 'NOT_ELIGIBLE',
  },
  withdrawSupport: { ...NOBODY, anonymous: 'UNAUTHENTICATED', resident: 'NOT_FOUND', neighbour: 'DONE', residentOfOther: 'NOT_FOUND' },
  withdrawSuggestion: authorAct,
  contestMerge: authorAct,
  answerCaseQuestion: authorAct,
  rateOutcome: authorAct,
  reopenSuggestion: authorAct,
  triageSuggestion: committeeAct,
  takeCase: committeeAct,
  extendCase: committeeAct,
  finishCase: committeeAct,
  openLedgerEntry: committeeAct,
  scheduleStep: committeeAct,
  completeStep: committeeAct,
  reportFeedback: committeeAct,
  closeLedgerEntry: committeeAct,
  acceptCase: caseAnswer,
  declineCase: caseAnswer,
  reportProgress: caseAct,
  askRequester: caseAct,
  extendPromise: caseAct,
  resolveCase: caseAct,
  acceptReferral: referralAnswer,
  declineReferral: referralAnswer,
  extendEngagement: referralAct,
  reportDelivery: referralAct,
}
