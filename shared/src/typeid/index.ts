export { newTypeId, parseTypeId, typeIdAt, typeIdTimeMs, type TypeIdPrefix } from './typeid.js'
