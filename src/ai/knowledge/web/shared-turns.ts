import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisConnections } from '../../../platform/queue/index.js';

/** Milliseconds after which the turn of a process that died is over: longer than any request takes. */
const longestTurn = 20_000;
/** Milliseconds that nobody waits beyond: a host is asked twice at a time rather than never. */
const longestWait = 60_000;
const connectsWithin = 500;

// Whose turn is over by the clock has no say in that of the next.
const ended = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`;

/** A turn that is had; it goes on for the pause after it. */
export interface SharedTurn {
  end(pauseMilliseconds: number): Promise<void>;
}

/** The turns of hosts among all processes, by Redis. Where Redis is away each process goes by its own alone. */
@Injectable()
export class SharedTurns {
  private redis: Redis | null = null;

  constructor(private readonly connections: RedisConnections) {}

  /** Waits for the turn of a host; null where there is nobody to ask for one. Throws where the signal ends the wait. */
  async take(host: string, signal: AbortSignal): Promise<SharedTurn | null> {
    const redis = await this.connected();
    if (redis === null) return null;
    const key = `parley:site:${createHash('sha256').update(host).digest('hex')}`;
    const mine = randomUUID();
    const until = performance.now() + longestWait;
    while (performance.now() < until) {
      signal.throwIfAborted();
      const had = await redis.set(key, mine, 'PX', longestTurn, 'NX').catch(() => undefined);
      if (had === undefined) return null;
      if (had === 'OK') return { end: (pause) => end(redis, key, mine, pause) };
      // Not all who wait at the same moment.
      await wait(50 + Math.random() * 50, undefined, { signal });
    }
    return null;
  }

  private async connected(): Promise<Redis | null> {
    if (!this.connections.configured) return null;
    this.redis ??= this.connections.connect('site-turns');
    if (this.redis.status === 'connecting' || this.redis.status === 'connect')
      await once(this.redis, 'ready', { signal: AbortSignal.timeout(connectsWithin) }).catch(() => undefined);
    return this.redis.status === 'ready' ? this.redis : null;
  }
}

/** Redis forgets it by itself where it cannot be told. */
async function end(redis: Redis, key: string, mine: string, pause: number): Promise<void> {
  await redis.eval(ended, 1, key, mine, Math.max(1, Math.round(pause))).catch(() => undefined);
}
