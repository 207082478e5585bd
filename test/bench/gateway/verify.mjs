import { isDeepStrictEqual } from 'node:util'

import { buildSchema, execute, parse } from 'graphql'

import { askEach } from './load.mjs'
import { createWorld } from './world/rows.mjs'

/** What graphql-js answers to each request on one schema without federation: the data that every gateway must give. */
export const referenceAnswers = (schemaSdl, requests) => {
  const schema = buildSchema(schemaSdl)
  const { root } = createWorld()
  return requests.map(({ query, variables }) => {
    const { data, errors } = execute({ schema, document: parse(query), rootValue: root, variableValues: variables })
    if (errors !== undefined) throw new Error(`the reference has errors: ${errors[0].message}`)
    return JSON.parse(JSON.stringify(data))
  })
}

const read = ({ status, body }) => {
  const text = body.toString()
  try {
    return { status, ...JSON.parse(text) }
  } catch {
    return { status, errors: [{ message: `no JSON: ${text.slice(0, 200)}` }] }
  }
}

/** Asks a gateway each request once and compares; the first difference is the error. */
export const verify = async (gateway, requests, expected) => {
  const [bytes] = gateway.bytesOf(requests)
  const answers = await askEach(gateway.port, bytes)
  for (const [index, answer] of answers.map(read).entries()) {
    const told = answer.errors === undefined ? '' : JSON.stringify(answer.errors).slice(0, 300)
    if (answer.status !== '200' || told !== '' || !isDeepStrictEqual(answer.data, expected[index]))
      throw new Error(
        `${gateway.name} answers differently to ${requests[index].query.slice(0, 200)} (${answer.status} ${told || 'other data'})`,
      )
  }
}
