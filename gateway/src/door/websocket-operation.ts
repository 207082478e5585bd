import { ERROR_CODES, HubError } from '@commonhall/shared/errors'

import type { EngineAnswer } from '../engine.js'
import type { ByteAccount } from '../subscription/event-buffer.js'
import type { OpenedLive } from '../subscription/live-door.js'
import type { LiveOperation } from '../subscription/live-operation.js'
import type { ByteText } from '../transport/party-link.js'
import { codeOf, refusalErrors, resultText, type AnswerContext } from './answers.js'
import type { Admitted, GateCall } from './operation-gate.js'
import type { OperationRecorder } from './record-operation.js'
import { MESSAGES } from './websocket-messages.js'

/** One operation on a WebSocket, from `subscribe` to its last message. */
export interface SocketOperation {
  /** The client wants no more of it, or has gone: nothing is sent any more. */
  left(): void
}

/** What an operation needs of its connection. */
export interface SocketOperationOptions {
  readonly id: string
  readonly admit: (call: GateCall) => Promise<Admitted>
  readonly context: AnswerContext
  readonly client: string
  readonly recorder: OperationRecorder
  readonly account: ByteAccount
  readonly send: (message: ByteText, onWritten?: () => void) => void
  /** Bytes that wait in the socket. */
  readonly waitingBytes: () => number
  readonly cutSlow: () => void
  /** Its id is free again. */
  readonly onOver: (operation: SocketOperation) => void
  /** Nothing of it runs any more; called once. */
  readonly onSettled: () => void
}

/** Bytes in the socket from which on further events wait in the operation, where they are counted one by one. */
const HIGH_WATER_BYTES = 64 * 1024

/** Starts an operation. Its messages are `next`… and `complete`, or `error`, which is the last one too. */
export const startSocketOperation = (options: SocketOperationOptions): SocketOperation => {
  const { id, context, client, recorder, send } = options
  const startedMs = performance.now()
  let isOver = false
  let running: LiveOperation | null = null

  const over = (): void => {
    isOver = true
    options.onOver(operation)
  }
  const operation: SocketOperation = {
    left() {
      isOver = true
      running?.left()
    },
  }

  const live = (opened: OpenedLive): void => {
    const line = { traceId: context.traceId, client, transport: 'websocket' }
    recorder.liveOpened(line)
    const started = opened.start(
      {
        next(answer) {
          send(MESSAGES.next(id, answer), () => started.drained())
          return options.waitingBytes() < HIGH_WATER_BYTES
        },
        // The socket has its own heartbeat.
        beat: () => undefined,
        end(fault) {
          if (fault === null) send(MESSAGES.complete(id))
          // Clients resume what a closed socket has interrupted, and give up what ended with an error.
          else if (fault instanceof HubError && fault.reason === 'GOING_AWAY') over()
          else if (codeOf(fault) === 'SLOW_CONSUMER') options.cutSlow()
          else send(MESSAGES.error(id, refusalErrors(fault, context)))
          over()
        },
      },
      {
        account: options.account,
        onClosed(summary) {
          recorder.liveClosed({ ...line, durationMs: performance.now() - startedMs }, summary)
          options.onSettled()
        },
      },
    )
    running = started
  }

  const record = (status: number, bytes: number, ran: EngineAnswer | null, fault: unknown): void => {
    const durationMs = performance.now() - startedMs
    recorder.operation({ traceId: context.traceId, transport: 'websocket', client, durationMs, status, bytes, ran, fault })
  }
  const refuse = (fault: unknown): void => {
    record(ERROR_CODES[codeOf(fault)].status, 0, null, fault)
    if (isOver) return
    send(MESSAGES.error(id, refusalErrors(fault, context)))
    over()
  }
  // Also a single result is not sent to a client that has completed it while it ran.
  const answer = (ran: EngineAnswer): void => {
    const text = resultText(ran, context.traceId)
    record(200, isOver ? 0 : text.length, ran, null)
    if (isOver) return
    send(MESSAGES.next(id, text))
    send(MESSAGES.complete(id))
    over()
  }
  const run = async (): Promise<void> => {
    try {
      const admitted = await options.admit({ traceId: context.traceId, isRead: false, mayStream: true })
      if (admitted.kind === 'answer') answer(admitted.answer)
      else if (isOver) admitted.live.discard()
      else return live(admitted.live)
    } catch (fault) {
      refuse(fault)
    }
    options.onSettled()
  }
  // After the caller has noted the operation: a refusal must not end it before.
  queueMicrotask(() => void run())
  return operation
}
