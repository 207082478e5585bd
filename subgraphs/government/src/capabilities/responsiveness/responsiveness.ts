/** Whose answers are counted: those given to a community's matters, or those of a department. */
export type Axis = 'community' | 'department'

/** What was counted of one community or department in one period; I5 of the catalogue says how. */
export interface ResponsivenessCounts {
  readonly id: string
  readonly received: number
  readonly responded: number
  readonly medianHoursToRespond: number | null
  readonly answered: number
  readonly declinedNotMine: number
  readonly accepted: number
  readonly resolved: number
  readonly extended: number
  readonly due: number
  readonly onTime: number
  readonly firstDue: number
  readonly keptPromise: number
  readonly overdueNow: number
}
