/** What went wrong before a database could serve, for programs; the texts are for people. */
export type EmbeddedPostgresErrorCode =
  | 'DATA_FOLDER_IN_USE'
  | 'DATA_FOLDER_UNUSABLE'
  | 'UNSUPPORTED_PLATFORM'
  | 'BINARIES_MISSING'
  | 'BINARIES_DO_NOT_RUN'
  | 'NO_ACCOUNT'
  | 'CANNOT_CHANGE_USER'
  | 'FOREIGN_CLUSTER'
  | 'CLUSTER_GONE'
  | 'CLUSTER_DAMAGED'
  | 'OTHER_MAJOR_VERSION'
  | 'DISK_FULL'
  | 'INITDB_FAILED'
  | 'START_FAILED'
  | 'STOP_FAILED'

/** One sentence in both languages. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/**
 * A start (or stop) of the embedded server that cannot go on, told so that a person can act.
 *
 * `message` holds both languages, each followed by its remedy; `text` and `remedy` hold them apart for a console that knows the language.
 */
export class EmbeddedPostgresError extends Error {
  override readonly name: string = 'EmbeddedPostgresError'

  constructor(
    readonly code: EmbeddedPostgresErrorCode,
    readonly text: Bilingual,
    readonly remedy: Bilingual,
    options?: ErrorOptions,
  ) {
    super(`${text.zh}${remedy.zh}\n${text.en} ${remedy.en}`, options)
  }
}

/**
 * Another living process holds the data folder: two hubs on one folder would write over each other.
 *
 * `holderPid` is the process to stop; null when the holder lives in another container, where its number means nothing here.
 */
export class DataFolderInUseError extends EmbeddedPostgresError {
  override readonly name = 'DataFolderInUseError'

  constructor(
    readonly dataDir: string,
    readonly holderPid: number | null,
  ) {
    const holder =
      holderPid === null
        ? { zh: '另一台主机或容器中的进程', en: 'a process of another host or container' }
        : { zh: `进程 ${holderPid}`, en: `process ${holderPid}` }
    super(
      'DATA_FOLDER_IN_USE',
      { zh: `数据文件夹 ${dataDir} 正由${holder.zh}使用。`, en: `The data folder ${dataDir} is in use by ${holder.en}.` },
      { zh: '请先停止该进程,或用 --data 指定另一个文件夹。', en: 'Stop that process first, or choose another folder with --data.' },
    )
  }
}

/** True when the operating system or PostgreSQL said that a file system is full. */
export const isDiskFull = (text: string): boolean => /No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/.test(text)

/** The refusal for a full disk, with the folder that has no room. */
export const diskFull = (folder: string, cause?: unknown): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    'DISK_FULL',
    { zh: `磁盘空间不足:${folder}。`, en: `No space is left for ${folder}.` },
    { zh: '请释放至少 200 MB 后重试,已确认的数据不受影响。', en: 'Free at least 200 MB and start again; acknowledged data is kept.' },
    { cause },
  )

/**
 * The error code of a Node system call (`ENOENT`, …), or an empty string for anything else.
 *
 * By shape, not by class: under jest the errors of Node's own modules are of another realm's Error.
 */
export const errorCode = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : ''
  return typeof code === 'string' ? code : ''
}
