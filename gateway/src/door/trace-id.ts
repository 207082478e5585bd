import { newNonce } from '@commonhall/shared/identity'

/** A new trace id: 16 random bytes in hexadecimal. */
export const newTraceId = newNonce
