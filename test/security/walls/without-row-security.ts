import type { PartyName } from '@commonhall/harness'

/**
 * The tables that no row security guards, each with the reason why it needs none. A new table is under row security, or it
 * stands here with its reason, or the test of the walls fails.
 */
const OF_EVERY_PARTY: Readonly<Record<string, string>> = {
  journal_unpublished: 'numbers and ids of journal rows that wait for the relay, which publishes for every party of the kind',
  idempotency_keys: 'keys of clients, found by client, person and act before the party of the act is known to own a row',
  inbox: 'ids of events that were consumed; they are of the whole subgraph',
  event_cursors: 'how far the subgraph has read the log',
  dead_letters: 'events that could not be applied; events hold keys and public fields only',
  manifests: 'what was loaded at the first start',
  schema_migrations: 'the app login may only read it',
}

/** Totals by day (shared/persistence): every act counts into them, for whichever party it runs. */
const totals = (name: string): Readonly<Record<string, string>> => ({
  [`${name}_totals`]: 'counts by community or department and day for the indicators; of no person',
  [`${name}_deltas`]: 'changes of those counts that wait to be added up; of no person',
})

/** Sums and the changes that wait to be added to them, kept by triggers for the indicators: numbers by community and day, of no person. */
const totalsOf = (...kinds: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    kinds.flatMap((kind) => [
      [`${kind}_totals`, 'counts by community and day for the indicators; of no person'],
      [`${kind}_deltas`, 'changes of those counts that wait to be added up; of no person'],
    ]),
  )

/** Projections of other parties' public events: rows of nobody here, without anything personal, needed by every act. */
export const WITHOUT_ROW_SECURITY: Readonly<Record<PartyName, Readonly<Record<string, string>>>> = {
  government: {
    ...OF_EVERY_PARTY,
    ...totalsOf('responsiveness', 'responsiveness_spread'),
    ...totals('responsiveness'),
    ...totals('responsiveness_spread'),
    communities: "rules of communities, from the committees' events",
    suggestions: "route, departments and end of suggestions, from the others' events; no text, no author",
  },
  committees: {
    ...OF_EVERY_PARTY,
    ...totalsOf('grid', 'grid_spread'),
    ...totals('grid'),
    ...totals('grid_spread'),
    answers: "verdicts of departments and nonprofits, from their events; the committees' own answers are under row security",
    known_functions: "function items, from the government's events",
    known_parties: "public names of parties, and that a profile exists, from the others' events",
    matters: "suggestions as the residents' events tell of them; no text, no author",
  },
  nonprofits: {
    ...OF_EVERY_PARTY,
    ...totalsOf('work'),
    ...totals('work'),
    communities: "rules of communities, from the committees' events",
    matters: "suggestions as the others' events tell of them; no text, no author",
  },
  residents: {
    ...OF_EVERY_PARTY,
    communities: "communities, from the committees' events, with a count of profiles",
    known_parties: "public names of parties, from the others' events",
    cells: "outlines of cells, from the committees' events",
    known_function_items: "function items, from the government's events",
    ...totals('suggestion'),
    projection_versions: 'a counter for caches of the projections',
    case_questions: 'that a department has asked, from its event; the question itself stays with the department',
    suggestion_facts: 'what the other parties did with a suggestion, and its public timeline',
    merges: 'duplicates that committees found, from their events, also of suggestions not known here yet; a clock ends them',
  },
}
