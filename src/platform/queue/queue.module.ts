import { Global, Module } from '@nestjs/common';
import { DueTable } from './due-table.js';
import { Queues } from './queues.js';
import { RedisConnections } from './redis.js';

@Global()
@Module({ providers: [DueTable, Queues, RedisConnections], exports: [DueTable, Queues, RedisConnections] })
export class QueueModule {}
