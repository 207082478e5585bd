export { newTypeId, parseTypeId, typeIdAt, typeIdTimeMs, type TypeIdPrefix, wellFormed } from './typeid.js'
