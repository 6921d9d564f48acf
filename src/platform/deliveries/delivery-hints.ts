import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisConnections } from '../queue/index.js';

const topic = 'parley:deliveries';

/**
 * "There are new deliveries": inside the process, and to worker processes through Redis at most every 20 ms. Bull is not
 * used here: a hint with a known job id that comes while the job runs would be swallowed.
 */
@Injectable()
export class DeliveryHints implements OnApplicationBootstrap {
  private listener: (() => void) | null = null;
  private publisher: Redis | null = null;
  private pending: NodeJS.Timeout | null = null;

  constructor(private readonly redis: RedisConnections) {}

  onApplicationBootstrap(): void {
    if (!this.redis.configured) return;
    this.publisher = this.redis.connect('deliveries');
    const subscriber = this.redis.connect('deliveries-listener', { blocking: true });
    subscriber.subscribe(topic).catch(() => undefined);
    subscriber.on('message', () => this.listener?.());
  }

  listen(listener: () => void): void {
    this.listener = listener;
  }

  give(): void {
    this.listener?.();
    if (this.publisher === null || this.pending !== null || this.listener !== null) return;
    this.pending = setTimeout(() => {
      this.pending = null;
      if (this.publisher?.status === 'ready') this.publisher.publish(topic, '1').catch(() => undefined);
    }, 20);
  }
}
