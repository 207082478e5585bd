export { commonhallGateway, type CommonhallGateway, type CommonhallGatewayOptions } from './commonhall-gateway.js'
