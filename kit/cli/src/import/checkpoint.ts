import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** How far an import of a file has come. */
export interface Checkpoint {
  readonly digest: string
  /** Into what, and how read: with another community, system or mapping the import begins anew. */
  readonly target: string
  /** Names this import towards the hub: a batch that is sent again gets its first answer. */
  readonly run: string
  /** Every line up to this one is answered. */
  readonly line: number
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: number
  /** Length of the report of rejected lines at this point; what was written after it belongs to lines that come again. */
  readonly reportBytes: number
}

const pathOf = (file: string): string => `${file}.commonhall-import.json`

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0

const isCheckpoint = (value: unknown): value is Checkpoint => {
  if (typeof value !== 'object' || value === null) return false
  const { run, line, accepted, duplicates, rejected, reportBytes } = value as Record<string, unknown>
  return typeof run === 'string' && [line, accepted, duplicates, rejected, reportBytes].every(isCount)
}

/** The checkpoint of this very file (by digest) and target, or null: a changed file starts from its first line. */
export const readCheckpoint = (file: string, digest: string, target: string): Checkpoint | null => {
  if (!existsSync(pathOf(file))) return null
  try {
    const checkpoint: unknown = JSON.parse(readFileSync(pathOf(file), 'utf8'))
    return isCheckpoint(checkpoint) && checkpoint.digest === digest && checkpoint.target === target ? checkpoint : null
  } catch {
    // A half-written checkpoint costs time, not data: rows that are in the hub come back as duplicates.
    return null
  }
}

/** Keeps the checkpoint beside the file, whole or not at all. */
export const writeCheckpoint = (file: string, checkpoint: Checkpoint): void => {
  const draft = `${pathOf(file)}.draft`
  writeFileSync(draft, JSON.stringify(checkpoint))
  renameSync(draft, pathOf(file))
}

/** Removes the checkpoint after the last line. */
export const removeCheckpoint = (file: string): void => rmSync(pathOf(file), { force: true })
