// Prints how long the street takes to generate: `node scripts/build.mjs && node street/scripts/generation-time.mjs [scale]`.
import { createStreet } from '../dist/index.js'

const scale = Number(process.argv[2] ?? 1)
const passed = (startMs) => `${Math.round(performance.now() - startMs)} ms`

const startMs = performance.now()
const street = createStreet({ anchor: new Date(), scale })
console.log(`parties and territory: ${passed(startMs)}`)
const residentsMs = performance.now()
const count = (all) => {
  let counted = 0
  for (const one of all) counted += one.id ? 1 : 0
  return counted
}
const residents = count(street.residents())
console.log(`${residents} residents: ${passed(residentsMs)}`)
const storiesMs = performance.now()
const stories = count(street.suggestions())
console.log(
  `${stories} stories: ${passed(storiesMs)}; all: ${passed(startMs)}; resident memory ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
)
