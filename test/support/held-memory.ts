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

/** What came of some work, and how much was held for it. */
interface Held<Result> {
  readonly result: Result;
  /** How often it was looked at. */
  readonly looks: number;
  /** Bytes between the least and the most that was held. */
  readonly most: number;
  readonly seconds: number;
}

/**
 * Looks at what is held as the work goes on; gives by how much that changed. What lay there before is no measure: more of it is
 * let go meanwhile than the work takes.
 */
export async function mostHeld<Result>(work: (look: () => void) => Promise<Result>): Promise<Held<Result>> {
  const seen: number[] = [];
  const look = () => void seen.push(heldMemory());
  // Collecting takes a good part of a second itself.
  const often = setInterval(look, 2_000);
  const since = performance.now();
  try {
    const result = await work(look);
    const most = Math.max(...seen) - Math.min(...seen);
    return { result, looks: seen.length, most, seconds: (performance.now() - since) / 1_000 };
  } finally {
    clearInterval(often);
  }
}
