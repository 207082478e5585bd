import { fork, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

/** Core of the measured gateway, and core of everything that measures it. */
export const CORES = { gateway: 0, rig: 1 }

const pinned = (core, command) => (core === null ? command : ['taskset', '-c', String(core), ...command])

/** Waits for a line of a process; rejects when it ends or a minute passes first. */
const messageFrom = (child, name, read) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} was not ready within 60 s`)), 60_000)
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`${name} ended before it was ready (${code ?? signal})`)))
    read((value) => {
      clearTimeout(timer)
      resolve(value)
    }, reject)
  })

const stopper = (child) => () =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    const killer = setTimeout(() => child.kill('SIGKILL'), 3000)
    child.once('exit', () => {
      clearTimeout(killer)
      resolve()
    })
    child.kill('SIGTERM')
  })

/**
 * Starts one of our own programs, pinned to a core, and waits until it says `{ ready }`. It ends with us, because it hears when the
 * IPC channel closes.
 */
export const startProgram = async ({ name, file, args = [], nodeArgs = [], core, env = {} }) => {
  const [command, ...rest] = pinned(core, [process.execPath])
  const child = fork(file, args, {
    // `fork` wants one program; taskset takes the place of node and starts it.
    ...{ execPath: command, execArgv: [...rest, ...nodeArgs], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...env },
  })
  let complaints = ''
  child.stderr.on('data', (bytes) => (complaints = `${complaints}${bytes}`.slice(-2000)))
  try {
    const ready = await messageFrom(child, name, (resolve, reject) =>
      child.on('message', ({ ready: told, failed }) =>
        failed === undefined ? told !== undefined && resolve(told) : reject(new Error(failed)),
      ),
    )
    return { child, pid: child.pid, ready, complaints: () => complaints, stop: stopper(child) }
  } catch (error) {
    await stopper(child)()
    throw new Error(`${error.message} ${complaints.trim().split('\n').slice(-8).join('\n')}`.trim(), { cause: error })
  }
}

/** Starts a foreign program, pinned, and waits until `isReady()` holds. `timeout` ends it should we be killed ourselves. */
export const startForeign = async ({ name, command, core, cwd, mostSeconds, isReady }) => {
  const [program, ...args] = pinned(core, command)
  const child = spawn('timeout', ['-s', 'KILL', String(mostSeconds), program, ...args], {
    ...{ cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH, HOME: cwd } },
  })
  let complaints = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (complaints = `${complaints}${bytes}`.slice(-2000)))
  try {
    await messageFrom(child, name, (resolve, reject) => {
      const untilMs = performance.now() + 55_000
      const look = async () => {
        if (await isReady()) return resolve()
        if (performance.now() > untilMs) return reject(new Error(`${name} did not answer`))
        setTimeout(look, 100)
      }
      look()
    })
  } catch (error) {
    await stopper(child)()
    throw new Error(`${error.message} ${complaints.trim()}`, { cause: error })
  }
  const [pid = child.pid] = childrenOf(child.pid)
  // `timeout` passes SIGTERM on.
  return { child, pid, complaints: () => complaints, stop: stopper(child) }
}

const read = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const childrenOf = (pid) =>
  read(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .filter((text) => text !== '')
    .map(Number)

const treeOf = (pid) => [pid, ...childrenOf(pid).flatMap(treeOf)]

/** User and system time of one process with all its threads and with children that have ended, in milliseconds. */
const cpuOfOne = (pid) => {
  const text = read(`/proc/${pid}/stat`)
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  // proc(5), fields 14 to 17: own time in user and kernel, then that of children that have ended.
  return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0) * (1000 / TICKS_PER_SECOND)
}

/** CPU milliseconds of a process and its children, all threads, since they started; steps of 10 ms. */
export const cpuMsOf = (pid) => treeOf(pid).reduce((sum, one) => sum + cpuOfOne(one), 0)

/** Resident memory of a process and its children in MB. */
export const rssMbOf = (pid) =>
  treeOf(pid).reduce((sum, one) => sum + Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${one}/status`))?.[1] ?? 0), 0) / 1024
