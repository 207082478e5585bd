export { type CellIndex, buildCellIndex } from './cell-index.js'
export {
  type AreaGeometry,
  type BoundingBox,
  type Geometry,
  type MultiPolygonGeometry,
  type PointGeometry,
  type PolygonGeometry,
  type Position,
  type Ring,
  boundingBox,
  distanceMeters,
  pointInGeometry,
  roundPoint,
} from './geometry.js'
export { type GeoJsonFault, type GeoJsonResult, parseGeoJson } from './parse.js'
