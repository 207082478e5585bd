export { createProposer, projectFunctionItem, type Proposer } from './function-entry.service.js'
