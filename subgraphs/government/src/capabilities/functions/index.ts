export { FunctionItemType } from './function-item.type.js'
export { functionItemById, functionItemsOfDepartment } from './function-item.loader.js'
export { findFunctionItems, findFunctionItemByCode } from './function-item.store.js'
export { isFunctionCode, type FunctionItem } from './function-item.js'
