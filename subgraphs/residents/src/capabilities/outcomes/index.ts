export { outcomeOf, reopeningsOf } from './outcome.loader.js'
