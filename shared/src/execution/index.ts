export { createExecutor, type Executor } from './executor.js'
export { type CompiledOperation, type RunInput, type Written } from './operation.js'
