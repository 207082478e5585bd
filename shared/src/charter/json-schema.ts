import { z } from 'zod'
import { charterFileModel } from './model.js'

/** JSON Schema of a charter file, made from the model that the hub itself reads with, so that editors and hub never disagree. */
export function charterJsonSchema(): Readonly<Record<string, unknown>> {
  return { ...z.toJSONSchema(charterFileModel), title: 'Commonhall charter file' }
}
