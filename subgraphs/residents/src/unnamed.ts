/** What a context says about who acts and in which request. */
interface Named {
  readonly actor: { readonly subject: string | null }
  readonly traceId: string
}

/**
 * The context in which an act about an entry is written down: without the person when the entry is anonymous.
 *
 * Journal and repeated-request keys then hold no pseudonym, and no trace that would lead to another act of the same request. Rights are
 * asked of the context itself, never of this one. Such a key has no person to itself, so it must be long (see `performAct`).
 */
export const writtenDownFor = <C extends Named>(context: C, entry: { readonly anonymous: boolean } | null): C =>
  entry?.anonymous === true ? { ...context, actor: { ...context.actor, subject: null }, traceId: 'anonymous' } : context
