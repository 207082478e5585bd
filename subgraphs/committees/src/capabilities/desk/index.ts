export { putOnDesk, takeOffDesk } from './desk.service.js'
