import type { WebSocket } from 'ws';

/** Bytes that may wait for a slow reader before it is closed; it resumes with its cursor. */
const maxBuffered = 1_000_000;
/** Close code of GraphQL over WebSocket for "too many". */
const tooSlow = 4429;

/**
 * Closes a socket whose client lets too much wait; says whether it did. Asked before anything is answered as well:
 * whoever asks on and reads no answer would have all of them kept here.
 */
export function closeSlowReader(socket: WebSocket): boolean {
  if (socket.bufferedAmount <= maxBuffered) return false;
  socket.close(tooSlow, 'Too slow: connect again with your last cursor.');
  return true;
}
