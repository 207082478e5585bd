export { departmentById } from './department.loader.js'
export { DepartmentType } from './department.type.js'
export { listDepartments } from './department.store.js'
export type { Department } from './department.js'
