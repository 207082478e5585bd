import { connect } from 'node:net'

import { createMessageReader } from './message-reader.mjs'

/** Requests as bytes, so that nothing is put together while it counts; with a bearer token where one is given. */
export const requestBytes = (requests, { port, path = '/graphql' }, token = null) =>
  requests.map((request) => {
    const body = Buffer.from(JSON.stringify(request))
    const head = [
      ...[`POST ${path} HTTP/1.1`, `host: 127.0.0.1:${port}`, 'content-type: application/json', 'accept: application/json'],
      ...(token === null ? [] : [`authorization: Bearer ${token}`]),
      `content-length: ${body.length}`,
    ]
    return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body])
  })

const statusOf = (head) => head.slice(9, 12)

/** Sends requests one after the other over one connection and gives each answer's status and bytes. */
export const askEach = (port, bytes) =>
  new Promise((resolve, reject) => {
    const answers = []
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    const timer = setTimeout(() => socket.destroy(new Error(`no answer to request ${answers.length} within 20 s`)), 20_000)
    const read = createMessageReader((head, body) => {
      answers.push({ status: statusOf(head), body })
      timer.refresh()
      if (answers.length < bytes.length) socket.write(bytes[answers.length])
      else socket.end()
    })
    socket.on('connect', () => socket.write(bytes[0]))
    socket.on('data', read)
    socket.on('error', reject)
    socket.on('close', () => {
      clearTimeout(timer)
      if (answers.length === bytes.length) resolve(answers)
      else reject(new Error(`the connection ended after ${answers.length} of ${bytes.length} answers`))
    })
  })

/**
 * A closed loop: each connection asks again as soon as it has its answer, for `seconds` and at most `most` requests; then what runs
 * is waited for. `offset` says where in the round of documents it begins. `persons` holds the requests as each person sends them;
 * the connections are shared out among the persons.
 *
 * Gives milliseconds of each request, and those of the whole. An answer that is not 200 ends it with an error.
 */
export const closedLoop = (port, persons, { connections, seconds, most = Infinity, offset = 0 }) =>
  new Promise((resolve, reject) => {
    const times = []
    let next = offset
    let asked = 0
    let open = 0
    let failure = null
    const startedMs = performance.now()
    const untilMs = startedMs + seconds * 1000
    const finish = () => {
      open -= 1
      if (open > 0) return
      clearTimeout(guard)
      if (failure === null) resolve({ times, wallMs: performance.now() - startedMs, next })
      else reject(failure)
    }
    const sockets = []
    const guard = setTimeout(
      () => {
        failure ??= new Error('answers stayed away for 20 s')
        for (const socket of sockets) socket.destroy()
      },
      seconds * 1000 + 20_000,
    )
    const openFor = (bytes) => {
      const socket = connect(port, '127.0.0.1')
      sockets.push(socket)
      open += 1
      socket.setNoDelay(true)
      let sentMs = 0
      let isWaiting = false
      const send = () => {
        sentMs = performance.now()
        if (failure !== null || asked >= most || sentMs >= untilMs) return socket.end()
        asked += 1
        isWaiting = true
        socket.write(bytes[next++ % bytes.length])
      }
      const read = createMessageReader((head, body) => {
        times.push(performance.now() - sentMs)
        isWaiting = false
        if (statusOf(head) !== '200') failure ??= new Error(`status ${statusOf(head)}: ${body.toString().slice(0, 300)}`)
        send()
      })
      socket.on('connect', send)
      socket.on('data', read)
      socket.on('error', (error) => (failure ??= error))
      socket.on('close', () => {
        if (isWaiting) failure ??= new Error('a connection was closed under a request')
        finish()
      })
    }
    for (let index = 0; index < connections; index++) openFor(persons[index % persons.length])
  })
