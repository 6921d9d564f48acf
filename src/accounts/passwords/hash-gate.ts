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
  private admitted = 0;
  private readonly queue: (() => void)[] = [];

  /** Runs what leads up to a hash, for as many at a time as would find a place here, and refuses everyone else at once. */
  async admit<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.admitted >= atOnce + longestQueue) throw busy();
    this.admitted += 1;
    try {
      return await work();
    } finally {
      this.admitted -= 1;
    }
  }

  /** Runs a hash. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= atOnce) {
      if (this.queue.length >= longestQueue) throw busy();
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

function busy(): DomainError {
  return new DomainError(ErrorCode.RATE_LIMITED, 'Too many people are signing in right now. Try again in a moment.', {
    retryAfter,
  });
}
