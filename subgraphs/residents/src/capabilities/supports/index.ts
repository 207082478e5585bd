export { supportedBy } from './support.loader.js'
export { moveSupports } from './support.store.js'
