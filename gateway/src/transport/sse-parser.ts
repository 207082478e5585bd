/** One event of a stream: its name (empty when it has none) and the bytes of its data, one character per byte. */
export interface StreamEvent {
  readonly name: string
  readonly data: string
}

/** Splits a stream of server-sent events; keeps at most one unfinished event. */
export interface SseParser {
  /** Events that the chunk completes, in order; null when an event has grown over the cap. */
  push(chunk: Buffer): readonly StreamEvent[] | null
}

const valueAfter = (line: string, at: number): string => line.slice(line.charCodeAt(at) === 32 ? at + 1 : at)

/**
 * A parser after the HTML standard, section 9.2.6, for lines that end in LF or CR LF. Comments are dropped, `id` and `retry` too:
 * nothing is resumed here. Lines are joined across chunks without being read twice.
 */
export const createSseParser = (maxEventBytes: number): SseParser => {
  let open = ''
  let name = ''
  let data: string | null = null

  const takeLine = (line: string, events: StreamEvent[]): void => {
    if (line === '') {
      if (data !== null || name !== '') events.push({ name, data: data ?? '' })
      name = ''
      data = null
    } else if (line.startsWith('data:')) {
      const value = valueAfter(line, 5)
      data = data === null ? value : `${data}\n${value}`
    } else if (line.startsWith('event:')) {
      name = valueAfter(line, 6)
    }
  }

  return {
    push(chunk) {
      const events: StreamEvent[] = []
      const text = chunk.toString('latin1')
      let from = 0
      for (let to = text.indexOf('\n'); to !== -1; to = text.indexOf('\n', from)) {
        const line = open + text.slice(from, to)
        open = ''
        from = to + 1
        takeLine(line.endsWith('\r') ? line.slice(0, -1) : line, events)
        if ((data?.length ?? 0) + name.length > maxEventBytes) return null
      }
      open += text.slice(from)
      return open.length + (data?.length ?? 0) > maxEventBytes ? null : events
    },
  }
}
