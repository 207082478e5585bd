export { type Clock, TestClock, fixedClock, systemClock } from './clock.js'
export { type DayTable } from './china-holidays.js'
export { type Period, type PeriodResult, parsePeriod } from './period.js'
export {
  type PromiseExtension,
  type PromisePause,
  type PromiseRecord,
  type PromiseRefusalCode,
  type PromiseResult,
  type PromiseState,
  type PromiseTerms,
  PROMISE_STATES,
  extendPromise,
  keepPromise,
  makePromise,
  pausePromise,
  promiseLastDay,
  promiseState,
  resumePromise,
} from './promise.js'
export { type PromiseJson, promiseFromJson, promiseToJson } from './promise-json.js'
export {
  type ClockBasis,
  type WorkingCalendar,
  type WorkingCalendarInput,
  CLOCK_BASES,
  addDays,
  chinaCalendar,
  lastDayShown,
  workingCalendar,
  workingMinutesBetween,
} from './working-calendar.js'
export { type LocalDate, endOfLocalDay, instantOfWallTime, isTimeZone, localDate, startOfLocalDay, wholeDaysBetween } from './zone.js'
