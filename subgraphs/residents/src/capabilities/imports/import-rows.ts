/**
 * Imports of suggestions and residents from a committee's old system (`capabilities/imports`).
 * In work: being written by the author of the CLI's `commonhall import`.
 */
export const IMPORT_ROWS_MAX = 200
