import { Injectable } from '@nestjs/common';

/** How a server has done lately; one that answers has no entry. */
interface Trouble {
  failures: number;
  /** How often it was left alone without an answer between. */
  rests: number;
  /** Until when nobody asks it; then one may try. */
  until: number;
}

/** Failures in a row after which a server is left alone. */
const mostFailures = 5;
const firstRest = 15_000;
const longestRest = 300_000;
/** A trial that gives no word is over by then. */
const trial = 40_000;
const mostServers = 10_000;

/**
 * Leaves a model server alone that fails again and again: customers do not wait for what will not come, and a server in
 * trouble is not asked ever more. After the rest one call tries it; the others wait for how that ends. Each process counts
 * for itself, and each workspace: the key of one says nothing of another's.
 */
@Injectable()
export class ModelBreaker {
  private readonly troubles = new Map<string, Trouble>();

  /** Whether the server may be asked now. Who is told so has to say what came of it. */
  admits(server: string, now = performance.now()): boolean {
    const trouble = this.troubles.get(server);
    if (trouble === undefined || trouble.failures < mostFailures) return true;
    if (now < trouble.until) return false;
    trouble.until = now + trial;
    return true;
  }

  /** It answered. */
  answered(server: string): void {
    this.troubles.delete(server);
  }

  /** It failed; `restSeconds` is what it asked for itself (Retry-After), null where it asked for nothing. */
  failed(server: string, restSeconds: number | null, now = performance.now()): void {
    const trouble = this.troubles.get(server) ?? { failures: 0, rests: 0, until: 0 };
    trouble.failures = restSeconds === null ? trouble.failures + 1 : Math.max(mostFailures, trouble.failures + 1);
    if (trouble.failures >= mostFailures) {
      const usual = Math.min(longestRest, firstRest * 2 ** trouble.rests);
      trouble.until = now + Math.min(longestRest, Math.max(usual, (restSeconds ?? 0) * 1_000));
      trouble.rests += 1;
    }
    // The oldest first: a server that nobody asks any more is forgotten.
    this.troubles.delete(server);
    this.troubles.set(server, trouble);
    if (this.troubles.size > mostServers) this.troubles.delete(this.troubles.keys().next().value ?? '');
  }

  /** Nobody waited for the answer any more: that says nothing of the server. */
  unsettled(server: string, now = performance.now()): void {
    const trouble = this.troubles.get(server);
    if (trouble !== undefined && trouble.failures >= mostFailures) trouble.until = Math.min(trouble.until, now);
  }
}
