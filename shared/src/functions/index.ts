export {
  type CharterList,
  type FunctionEntry,
  type FunctionIndex,
  type FunctionMatch,
  CHARTER_LISTS,
  buildFunctionIndex,
  matchFunctions,
} from './match.js'
