import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../access/index.js';
import { Config } from '../config/index.js';
import { SystemDatabase, sql } from '../database/index.js';
import { DomainError, ErrorCode } from '../errors/index.js';
import { RedisConnections } from '../queue/index.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

/** `/health/live`, `/health/ready` and `/metrics`. */
@Controller()
export class HealthController {
  constructor(
    private readonly config: Config,
    private readonly system: SystemDatabase,
    private readonly redis: RedisConnections,
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  /** The process runs; says nothing of what it depends on. */
  @Get('health/live')
  @Public('asked by whoever watches the process')
  live() {
    return { status: 'alive' };
  }

  /** 200 while requests can be served: Postgres answers and no shutdown has begun. Redis may be away. */
  @Get('health/ready')
  @Public('asked by load balancers')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    this.readiness.asked();
    const database = await this.databaseAnswers();
    const ready = database && !this.readiness.stopping;
    void reply.status(ready ? 200 : 503);
    return {
      status: ready ? 'ready' : this.readiness.stopping ? 'stopping' : 'waiting for Postgres',
      postgres: database ? 'up' : 'down',
      redis: await this.redis.state(),
    };
  }

  /** Prometheus text; for loopback, or with METRICS_TOKEN as bearer token. */
  @Get('metrics')
  @Header('cache-control', 'no-store')
  @Public('guarded by its own token')
  async prometheus(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const token = this.config.environment.METRICS_TOKEN;
    const loopback =
      this.config.environment.TRUST_PROXY === 0 &&
      ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '');
    const allowed =
      token === undefined ? loopback && !this.config.production : request.headers.authorization === `Bearer ${token}`;
    if (!allowed)
      throw new DomainError(ErrorCode.FORBIDDEN, 'Metrics are for loopback in development, or for METRICS_TOKEN.');
    void reply.type('text/plain; version=0.0.4');
    return this.metrics.text();
  }

  private async databaseAnswers(): Promise<boolean> {
    const answer = this.system.query(sql`select 1`).then(
      () => true,
      () => false,
    );
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 2_000).unref());
    return Promise.race([answer, late]);
  }
}
