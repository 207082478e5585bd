import type { ServerResponse } from 'node:http'

import type { LiveOperation, LiveSink } from '../subscription/live-operation.js'
import type { Clock } from '../transport/clock.js'
import { refusalText, type AnswerContext } from './answers.js'
import type { HeaderBlock } from './header-blocks.js'
import type { StreamFraming } from './stream-framing.js'

/** A response that stays open for one operation. */
export interface ResponseStream extends LiveSink {
  /** Ties the stream to its operation: what the socket tells is told on. */
  attach(operation: LiveOperation): void
}

/**
 * Opens a stream in a response and writes its head.
 *
 * After the last word a client that does not read it within `lingerMs` is cut: its connection would keep the words in memory.
 */
export const openResponseStream = (
  response: ServerResponse,
  options: {
    readonly framing: StreamFraming
    readonly headers: HeaderBlock
    readonly context: AnswerContext
    readonly clock: Clock
    readonly lingerMs: number
  },
): ResponseStream => {
  const { framing } = options
  // Proxies that gather answers would hold events back.
  response.writeHead(200, [...options.headers, 'x-accel-buffering', 'no'])
  response.write(framing.opening, 'latin1')
  return {
    attach(operation) {
      response.on('drain', () => operation.drained())
      // Also after a plain end: then the operation has closed before and nothing happens.
      response.on('close', () => operation.left())
    },
    next: (answer) => response.write(framing.result(answer), 'latin1'),
    beat: () => void response.write(framing.beat, 'latin1'),
    end(fault) {
      const cancel = options.clock.setTimer(options.lingerMs, () => response.destroy())
      response.once('close', cancel)
      const last = fault === null ? '' : framing.fault(refusalText(fault, options.context))
      response.end(last + framing.closing, 'latin1')
    },
  }
}
