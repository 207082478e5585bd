export { responsivenessBy } from './responsiveness.loader.js'
