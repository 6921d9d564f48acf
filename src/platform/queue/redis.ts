import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Config } from '../config/index.js';

/** Milliseconds after which a call to Redis is given up: it is only ever a hint. */
const commandTimeout = 200;

/**
 * Redis as this house uses it: it makes things fast, never correct. Without it every call fails at once and the
 * sweepers take over.
 */
@Injectable()
export class RedisConnections implements OnApplicationShutdown {
  private readonly logger = new Logger('Redis');
  private readonly open: Redis[] = [];
  private lastError = '';
  private probe: Redis | null = null;

  constructor(private readonly config: Config) {}

  /** Whether a Redis is configured at all. */
  get configured(): boolean {
    return this.config.redisUrl !== null;
  }

  /** Whether Redis answers at this moment. */
  async state(): Promise<'up' | 'down' | 'not configured'> {
    if (!this.configured) return 'not configured';
    this.probe ??= this.connect('probe', { blocking: true });
    const late = new Promise<never>((_, reject) => setTimeout(reject, commandTimeout).unref());
    return Promise.race([this.probe.ping(), late]).then(
      () => 'up' as const,
      () => 'down' as const,
    );
  }

  /** A connection that fails fast. `blocking` is for Bull's own waiting connections, which must not time out. */
  connect(purpose: string, options: { readonly blocking?: boolean } = {}): Redis {
    if (this.config.redisUrl === null) throw new Error('Redis is not configured.');
    const redis = new Redis(this.config.redisUrl, {
      connectionName: `parley-${purpose}`,
      enableOfflineQueue: options.blocking === true,
      enableReadyCheck: false,
      maxRetriesPerRequest: null,
      retryStrategy: (times) => Math.min(2_000, 100 * times),
      ...(options.blocking === true ? {} : { commandTimeout }),
    });
    redis.on('error', (error: Error) => {
      if (error.message !== this.lastError)
        this.logger.warn(`Redis does not answer (${error.message}); work goes on, slower.`);
      this.lastError = error.message;
    });
    redis.on('ready', () => {
      if (this.lastError !== '') this.logger.log('Redis answers again.');
      this.lastError = '';
    });
    this.open.push(redis);
    return redis;
  }

  onApplicationShutdown(): void {
    for (const redis of this.open) redis.disconnect();
  }
}
