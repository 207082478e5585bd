import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** How far an import of a file has come. */
export interface Checkpoint {
  readonly digest: string
  readonly target: string
  /** Every line up to this one is answered. */
  readonly line: number
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: number
}

const pathOf = (file: string): string => `${file}.commonhall-import.json`

/** The checkpoint of this very file (by digest) and target, or null: a changed file starts from its first line. */
export const readCheckpoint = (file: string, digest: string, target: string): Checkpoint | null => {
  if (!existsSync(pathOf(file))) return null
  try {
    const checkpoint = JSON.parse(readFileSync(pathOf(file), 'utf8')) as Checkpoint
    return checkpoint.digest === digest && checkpoint.target === target && Number.isInteger(checkpoint.line) ? checkpoint : null
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
