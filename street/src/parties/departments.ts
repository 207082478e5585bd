import { entityId } from '../chance.js'
import type { Department, DepartmentCode } from '../model.js'
import { foundedMs } from '../place/territory.js'

const organs: readonly (readonly [code: DepartmentCode, zh: string, en: string, businessUnit: boolean])[] = [
  ['PARTY', '党政办公室', 'Party Office', false],
  ['ECONOMY', '经济发展办公室', 'Government Economic Office', false],
  ['URBAN', '城市管理办公室', 'Urban Management Office', false],
  ['BUILD', '社区建设办公室', 'Community Construction Office', false],
  ['SOCIAL', '社会事务办公室', 'Social Affairs Office', false],
  ['SAFETY', '社会治安综合治理办公室', 'Public Security Comprehensive Administration Office', false],
  ['LABOUR', '劳动就业社会保障服务所', 'Labour and Employment Social Security Service Office', true],
  ['CULTURE', '文化服务中心', 'Cultural Service Centre', true],
]

/** The eight organs of the street (paper 2.1); the last two are business units. */
export const createDepartments = (seed: number): Department[] =>
  organs.map(([code, zh, en, businessUnit], d) => ({ id: entityId(seed, 'dep', foundedMs, d), code, name: { zh, en }, businessUnit }))
