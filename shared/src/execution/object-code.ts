import type { FieldPlan, PropertyPlan } from './compile-field.js'
import { quote } from './leaf-text.js'
import { NULL, Pieces, type ObjectWriter } from './run.js'

/** Objects of more fields are written by a loop: generated code of that length would not be compiled well. */
const MAX_GENERATED_FIELDS = 150
const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/

const keyOf = (responseName: string, at: number): string => `${at === 0 ? '{' : ','}"${responseName}":`

const loopWriter = (plans: readonly FieldPlan[]): ObjectWriter => {
  const keyed = plans.map(({ responseName, write }, at) => ({ key: keyOf(responseName, at), write }))
  return (run, source, at) => {
    let text = ''
    let pieces: Pieces | null = null
    try {
      for (const { key, write } of keyed) {
        const written = write(run, source, at)
        if (typeof written === 'string') {
          text += key + written
        } else {
          pieces ??= new Pieces()
          pieces.add(text + key, written)
          text = ''
        }
      }
    } catch (error) {
      if (pieces === null) throw error
      return pieces.abandon(error)
    }
    return pieces === null ? `${text}}` : pieces.join(`${text}}`)
  }
}

/** An expression for the text of a usual value `v`, and when it holds. */
const usualCode = ({ usual }: PropertyPlan, nth: number): readonly [test: string, text: string] | null => {
  switch (usual) {
    case 'text':
      return [`typeof v === 'string'`, `quote(v)`]
    case 'int':
      return [`typeof v === 'number' && (v | 0) === v`, `v`]
    case 'float':
      return [`typeof v === 'number' && v - v === 0`, `v`]
    case 'boolean':
      return [`typeof v === 'boolean'`, `v`]
    case 'enum':
      return [`(e = plans[${nth}].property.enumTexts.get(v)) !== undefined`, `e`]
    case 'other':
      return null
  }
}

const otherwise = (call: string, key: string): string =>
  `w = ${call}; if (typeof w === 'string') text += ${key} + w; else { (pieces ??= new Pieces()).add(text + ${key}, w); text = '' }`

const fieldCode = ({ responseName, property }: FieldPlan, nth: number): string => {
  const key = JSON.stringify(keyOf(responseName, nth))
  if (property === null) return otherwise(`write${nth}(run, source, at)`, key)
  const usual = usualCode(property, nth)
  const arms = [
    ...(usual === null ? [] : [`if (${usual[0]}) text += ${key} + ${usual[1]}`]),
    ...(property.mayBeNull ? [`if (v === null) text += ${JSON.stringify(keyOf(responseName, nth) + NULL)}`] : []),
    `{ ${otherwise(`value${nth}(run, source, at, v)`, key)} }`,
  ]
  return `v = source.${property.name}; ${arms.join('; else ')}`
}

/**
 * The writer of an object: one function for this very selection, in which properties are read where V8 can remember their places.
 *
 * Only names go into its text, which GraphQL spells in letters, digits and underscores. A getter that throws is an error of the object,
 * not of its field. About 30 µs to make, once for each selection of an operation.
 */
export const generateObjectWriter = (plans: readonly FieldPlan[]): ObjectWriter => {
  if (plans.length === 0) return () => '{}'
  const slowly = loopWriter(plans)
  const isSpeakable = plans.every(
    ({ responseName, property }) => NAME.test(responseName) && (property === null || NAME.test(property.name)),
  )
  if (plans.length > MAX_GENERATED_FIELDS || !isSpeakable || plans.every(({ property }) => property === null)) return slowly
  const names = plans.map(({ property }, nth) =>
    property === null ? `write${nth} = plans[${nth}].write` : `value${nth} = plans[${nth}].property.writeValue`,
  )
  const code = `'use strict'
    const ${names.join(', ')}
    return (run, source, at) => {
      if (typeof source !== 'object' || source === null) return slowly(run, source, at)
      let text = '', pieces = null, v, w, e
      try {
        ${plans.map(fieldCode).join('\n        ')}
      } catch (error) {
        if (pieces === null) throw error
        return pieces.abandon(error)
      }
      return pieces === null ? text + '}' : pieces.join(text + '}')
    }`
  // Measured: half the time of the loop; what is in the text is said above.
  const make = new Function('plans', 'quote', 'Pieces', 'slowly', code) as (...parts: unknown[]) => ObjectWriter
  return make(plans, quote, Pieces, slowly)
}
