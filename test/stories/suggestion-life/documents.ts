import { REFUSED } from '@commonhall/harness'

const mutation = (name: string, input: string, type: string, fields: string): string =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${REFUSED} ... on ${type} { ${fields} } } }`

const HANDLING = 'id verdict reason explanation resolvedAt promise { state firstDueAt dueAt extensions { why } pauses { from to } keptAt }'

/** Every act of W1, as a front-end would send it. */
export const ACTS = {
  submitSuggestion: mutation(
    'submitSuggestion',
    'SubmitSuggestionInput',
    'Suggestion',
    'id number stage followCode anonymous cell { id } community { id }',
  ),
  recordSuggestionFor: mutation(
    'recordSuggestionFor',
    'RecordSuggestionForInput',
    'Suggestion',
    'id number stage enteredBy { __typename id }',
  ),
  supportSuggestion: mutation('supportSuggestion', 'SupportSuggestionInput', 'Suggestion', 'id supporters supportedByMe'),
  withdrawSupport: mutation('withdrawSupport', 'WithdrawSupportInput', 'Suggestion', 'id supporters supportedByMe'),
  withdrawSuggestion: mutation('withdrawSuggestion', 'WithdrawSuggestionInput', 'Suggestion', 'id stage withdrawnAt'),
  contestMerge: mutation('contestMerge', 'ContestMergeInput', 'Suggestion', 'id stage'),
  answerCaseQuestion: mutation('answerCaseQuestion', 'AnswerCaseQuestionInput', 'CaseAnswer', 'id text'),
  rateOutcome: mutation('rateOutcome', 'RateOutcomeInput', 'Suggestion', 'id stage outcome { resolved score }'),
  reopenSuggestion: mutation('reopenSuggestion', 'ReopenSuggestionInput', 'Suggestion', 'id stage reopenings { reason }'),
  triageSuggestion: mutation(
    'triageSuggestion',
    'TriageSuggestionInput',
    'Triage',
    'id route answerBy supersedes { id } to { __typename id name } by { id }',
  ),
  takeCase: mutation('takeCase', 'TakeCaseInput', 'CommitteeHandling', 'id promise { state dueAt }'),
  extendCase: mutation('extendCase', 'ExtendCaseInput', 'CommitteeHandling', 'id promise { state dueAt extensions { why } }'),
  finishCase: mutation('finishCase', 'FinishCaseInput', 'CommitteeHandling', 'id resolvedAt resolution promise { state }'),
  openLedgerEntry: mutation('openLedgerEntry', 'OpenLedgerEntryInput', 'LedgerEntry', 'id light feedbackEveryDays schedule { id }'),
  scheduleStep: mutation('scheduleStep', 'ScheduleStepInput', 'LedgerEntry', 'id light schedule { id dueOn what doneAt }'),
  completeStep: mutation('completeStep', 'CompleteStepInput', 'LedgerEntry', 'id light schedule { id doneAt }'),
  reportFeedback: mutation('reportFeedback', 'ReportFeedbackInput', 'LedgerEntry', 'id light feedback { text channel }'),
  closeLedgerEntry: mutation('closeLedgerEntry', 'CloseLedgerEntryInput', 'LedgerEntry', 'id closedAt'),
  acceptCase: mutation('acceptCase', 'AcceptCaseInput', 'CaseHandling', HANDLING),
  declineCase: mutation('declineCase', 'DeclineCaseInput', 'CaseHandling', `${HANDLING} suggestedOwner { id }`),
  reportProgress: mutation('reportProgress', 'ReportProgressInput', 'CaseHandling', 'id progress { text }'),
  askRequester: mutation('askRequester', 'AskRequesterInput', 'CaseQuestion', 'id text pausedUntil'),
  extendPromise: mutation('extendPromise', 'ExtendPromiseInput', 'CaseHandling', HANDLING),
  resolveCase: mutation('resolveCase', 'ResolveCaseInput', 'CaseHandling', `${HANDLING} resolution cost { amount currency }`),
  acceptReferral: mutation('acceptReferral', 'AcceptReferralInput', 'Engagement', 'id verdict promise { state dueAt }'),
  declineReferral: mutation('declineReferral', 'DeclineReferralInput', 'Engagement', 'id verdict reason note'),
  extendEngagement: mutation('extendEngagement', 'ExtendEngagementInput', 'Engagement', 'id promise { state dueAt }'),
  reportDelivery: mutation('reportDelivery', 'ReportDeliveryInput', 'Engagement', 'id deliveredAt delivery'),
} as const
export type ActName = keyof typeof ACTS

/** The whole life of a suggestion, from four owners. */
export const WHOLE_LIFE = `query ($id: ID!) { suggestion(id: $id) {
  id number kind stage supporters mergedInto { id }
  timeline { at type party { kind id name } }
  community { id name committee { id name } }
  outcome { resolved score }
  triage { route functionItem { code title owner { name } } to { __typename id name } }
  triageHistory { route }
  committeeHandling { promise { state } resolvedAt }
  ledgerEntry { light schedule { what doneAt } feedback { text } }
  conference { id calledByRule }
  caseHandlings { verdict reason department { name } promise { state dueAt extensions { why } pauses { from to } } progress { text } questions { text } resolution resolvedAt }
  engagements { verdict by { name } promise { state } deliveredAt }
} }`

/** The committee's dashboard: indicators of four owners in one query. */
export const DASHBOARD = `query ($id: ID!, $period: PeriodInput!) { community(id: $id) {
  id name
  grid(period: $period) { cells staffedCells { value } visitedHouseholds { value } medianMinutesToTriage untriaged byChannel { channel count } }
  responsiveness(period: $period) { received responded { value numerator denominator formula } onTime { value } keptPromise { value } resolved { value } extended { value } bounced { value } declinedNotMine overdueNow }
  satisfaction(period: $period) { resolved { value suppressed formula } satisfied { value } reopened { value } }
  suggestionFunnel(period: $period) { stage count }
  openSuggestions { stage age count }
  nonprofitWork(period: $period) { registered active { value } handled }
} }`
