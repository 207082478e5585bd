// Stub subgraphs: four parties in one process, each behind its own port, and the issuer's keys behind a fifth.
//
// The first time a party is asked something, graphql-js works it out; afterwards the same body is a look-up and one write. Each
// gateway words its calls in its own way, and each wording is learnt while the caches warm up. Speaks with its parent by IPC only.
import { createServer } from 'node:net'

import { exportJWK, generateKeyPair, SignJWT } from 'jose'

import { createMessageReader } from './message-reader.mjs'
import { createPartyExecutor } from './world/executable.mjs'
import { createWorld } from './world/rows.mjs'
import { PARTIES } from './world/schemas.mjs'

/** Bounds what a long soak may learn; a cache that is emptied shows as misses. */
const MOST_ANSWERS = 200_000

const counts = { calls: 0, misses: 0 }

const answerBytes = (status, text) => {
  const body = Buffer.from(text)
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}

const listen = (respond) =>
  new Promise((resolve) => {
    const server = createServer({ noDelay: true }, (socket) => {
      const read = createMessageReader((head, body) => socket.write(respond(head, body)))
      socket.on('data', read)
      socket.on('error', () => socket.destroy())
    })
    server.listen(0, '127.0.0.1', () => resolve(server.address().port))
  })

const serveParty = ({ sdl }, world) => {
  const { execute } = createPartyExecutor(sdl, world)
  const answers = new Map()
  const work = (body) => {
    counts.misses += 1
    try {
      return answerBytes('200 OK', JSON.stringify(execute(JSON.parse(body.toString()))))
    } catch (error) {
      return answerBytes('400 Bad Request', JSON.stringify({ errors: [{ message: String(error) }] }))
    }
  }
  return listen((_, body) => {
    counts.calls += 1
    const key = body.latin1Slice()
    let answer = answers.get(key)
    if (answer === undefined) {
      answer = work(body)
      if (answers.size >= MOST_ANSWERS) answers.clear()
      answers.set(key, answer)
    }
    return answer
  })
}

/** Persons that sign in, so that each connection of a run can be another one's. */
const PERSONS = 50

const issueTokens = async () => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'EdDSA', use: 'sig' }] })
  const port = await listen(() => answerBytes('200 OK', keys))
  const issuer = 'https://issuer.invalid'
  const audience = 'commonhall'
  const tokenOf = (person) =>
    new SignJWT({ client_id: 'bench', commonhall_resident: true })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'bench', typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(`bench-person-${person}`)
      .setExpirationTime('12h')
      .sign(privateKey)
  const tokens = await Promise.all(Array.from({ length: PERSONS }, (_, person) => tokenOf(person)))
  return { issuer, audience, jwksUri: `http://127.0.0.1:${port}/jwks`, tokens }
}

const world = createWorld()
const subgraphs = []
for (const party of PARTIES) subgraphs.push({ ...party, url: `http://127.0.0.1:${await serveParty(party, world)}/graphql` })
const identity = await issueTokens()

process.on('message', (message) => {
  if (message === 'counts') process.send({ counts: { ...counts } })
})
process.on('disconnect', () => process.exit(0))
process.send({ ready: { subgraphs, identity } })
