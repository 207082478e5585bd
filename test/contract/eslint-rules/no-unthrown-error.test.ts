import { testHouseRule } from './rule-tester.js'

const filename = 'permit.service.ts'

testHouseRule('no-unthrown-error', {
  accepted: [
    { name: 'a thrown error', filename, code: "throw new Error('gone')" },
    { name: 'a returned error', filename, code: "export const refuse = () => { return new HubError('X') }" },
    { name: 'an error passed on', filename, code: "reject(new Error('gone'))" },
    { name: 'a call with a small letter', filename, code: "reportError('gone')" },
  ],
  refused: [
    { name: 'an error that is made and dropped', filename, code: "if (gone) new Error('gone')", messageIds: ['unthrown'] },
    { name: 'one of our own classes', filename, code: "new HubError('GONE')", messageIds: ['unthrown'] },
    { name: 'a class of a library', filename, code: "new graphql.GraphQLError('gone')", messageIds: ['unthrown'] },
    { name: 'an error made without new', filename, code: "Error('gone')", messageIds: ['unthrown'] },
    { name: 'an awaited error', filename, code: "export const f = async () => { await new Error('gone') }", messageIds: ['unthrown'] },
  ],
})
