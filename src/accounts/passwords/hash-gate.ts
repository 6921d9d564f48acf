import { Injectable } from '@nestjs/common';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';

const atOnce = 2;
const longestQueue = 20;
const retryAfter = 3;

/**
 * Lets two hashes run at a time. Hashing is made to be slow, so a flood of sign-ins would take every core; those that
 * find a full queue are told to come back, and the rest of the server goes on.
 */
@Injectable()
export class HashGate {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= atOnce) {
      if (this.queue.length >= longestQueue) {
        throw new DomainError(
          ErrorCode.RATE_LIMITED,
          'Too many people are signing in right now. Try again in a moment.',
          {
            retryAfter,
          },
        );
      }
      // Whoever finishes hands its place on, so the count stays as it is.
      await new Promise<void>((resolve) => this.queue.push(resolve));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
