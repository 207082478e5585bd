import { StartRefusal } from './start-refusal.js'

/** SQLSTATE classes of a server that is there but does not let us work: sign-in, unknown database, missing right, read-only, full. */
const DATABASE_STATES = /^(08|25006|28|3D|42501|53|57|58)/
const SOCKET_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']

interface Fault {
  readonly code: string
  readonly message: string
  /** Only PostgreSQL's errors have one. */
  readonly severity?: string
}

/** The error and what caused it, outermost first; at most five, since an error may be its own cause. */
const causesOf = (error: unknown): Fault[] => {
  const found: Fault[] = []
  for (let at = error; typeof at === 'object' && at !== null && found.length < 5; at = (at as { cause?: unknown }).cause) {
    const { code, message, severity } = at as Partial<Fault>
    found.push({ code: typeof code === 'string' ? code : '', message: message ?? '', ...(severity === undefined ? {} : { severity }) })
  }
  return found
}

/**
 * The refusal for what is no bug but the state of the machine: a full disk, a port taken at the last moment, a database that is
 * away or does not let us in, a wrong option. Null for anything else.
 *
 * Repeats the messages of PostgreSQL and of sockets, which name logins, databases and addresses, never passwords.
 */
export const systemRefusal = (error: unknown): StartRefusal | null => {
  const faults = causesOf(error)
  const first = (test: (fault: Fault) => boolean): Fault | undefined => faults.find(test)
  const full = first(({ code }) => code === 'ENOSPC' || code === 'EDQUOT')
  if (full !== undefined)
    return new StartRefusal(
      'DISK_FULL',
      3,
      {
        zh: `磁盘空间不足(${full.message})。请释放至少 200 MB 后重试,已确认的数据不受影响。`,
        en: `No space is left (${full.message}). Free at least 200 MB and start again; acknowledged data is kept.`,
      },
      { cause: error },
    )
  if (first(({ code }) => code === 'EADDRINUSE') !== undefined)
    return new StartRefusal(
      'PORT_IN_USE',
      4,
      {
        zh: '端口刚被其他程序占用。请重新启动,或用 --port 换一个端口。',
        en: 'Another program has just taken the port. Start again, or choose another one with --port.',
      },
      { cause: error },
    )
  const away = first(({ code, severity }) => SOCKET_CODES.includes(code) || (severity !== undefined && DATABASE_STATES.test(code)))
  const isStorage = first(({ code }) => code === 'STORAGE') !== undefined
  if (away?.severity !== undefined || isStorage) {
    const reason = away === undefined ? (faults.at(-1)?.message ?? '') : `${away.message || away.code}`
    return new StartRefusal(
      'DATABASE_UNREACHABLE',
      3,
      {
        zh: `数据库不可用:${reason}。请检查服务器是否运行、地址、登录名与密码(commonhall doctor)。`,
        en: `A database cannot be used: ${reason}. Check that its server runs, its address, login and password ("commonhall doctor").`,
      },
      { cause: error },
    )
  }
  const wrongOption = first(({ code }) => code.startsWith('ERR_PARSE_ARGS'))
  return wrongOption === undefined
    ? null
    : new StartRefusal('CONFIGURATION', 2, { zh: wrongOption.message, en: wrongOption.message }, { cause: error })
}
