/** Answers of a subscription, as a front-end reads them from server-sent events. */
export interface EventReader {
  /** The next answer; null when the stream ended. */
  next(): Promise<{
    data?: Record<string, never>
    errors?: ReadonlyArray<{ message: string; extensions?: Record<string, unknown> }>
  } | null>
  leave(): void
}

/** Subscribes over server-sent events with a person's token; resolves when the hub has begun to answer. */
export const subscribeOverSse = async (
  url: string,
  token: string | null,
  request: { readonly query: string; readonly variables: Record<string, unknown> },
): Promise<EventReader> => {
  const leaving = new AbortController()
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(request),
    signal: leaving.signal,
  })
  if (response.body === null) throw new Error(`no stream: ${response.status}`)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end === -1) {
          const chunk = await reader.read()
          if (chunk.done) return null
          text += chunk.value
          continue
        }
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        const data = /^data: ?(.*)$/m.exec(block)?.[1] ?? ''
        if (/^event: ?complete$/m.test(block)) return null
        if (/^event: ?next$/m.test(block)) return JSON.parse(data) as never
      }
    },
    leave: () => leaving.abort(),
  }
}
