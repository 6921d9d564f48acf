import { Global, Module } from '@nestjs/common';
import { DueTable } from './due-table.js';
import { QueueBoard } from './queue-board.js';
import { Queues } from './queues.js';
import { RedisConnections } from './redis.js';

@Global()
@Module({
  providers: [DueTable, Queues, QueueBoard, RedisConnections],
  exports: [DueTable, Queues, QueueBoard, RedisConnections],
})
export class QueueModule {}
