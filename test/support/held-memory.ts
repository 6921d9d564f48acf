import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/**
 * The bytes that this process holds on to: it grows by as much as its collector lets lie about, which says nothing of that.
 * Collected twice, as the bytes of buffers are let go beside the first time, and the second waits for that.
 */
export function heldMemory(): number {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
