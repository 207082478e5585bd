/**
 * Loaded into each child of a split hub: when the supervisor is gone, even by kill -9, the child stops in order.
 *
 * Without it a killed supervisor would leave parties that work on the same databases as those of the next start.
 */
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM')
})
process.channel?.unref()
