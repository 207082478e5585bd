const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** Whether a key could reach a prototype; such keys are neither taken from parties nor from clients. */
export const isForbiddenKey = (key: string): boolean => FORBIDDEN_KEYS.has(key)
