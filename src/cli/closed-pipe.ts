/** Whether a write failed because whoever reads has gone: `csp-recon … | head`. */
export function isClosedPipe(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}

/** A reader that has seen enough is no error of the run: what is still to be printed goes nowhere, and the run ends as it would. */
export function endQuietlyWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    if (!stream.listeners('error').includes(unlessClosed)) stream.on('error', unlessClosed);
  }
}

function unlessClosed(error: Error): void {
  if (!isClosedPipe(error)) throw error;
}
