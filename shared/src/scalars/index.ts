export { DateScalar, DateTimeScalar, DecimalScalar, GeoJsonScalar } from './scalars.js'
